using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>Signs each attempt anew: a request that waited for its retry would be older than the service accepts.</summary>
internal sealed class SharedKeyPolicy(BatchSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        Request request = message.Request;
        request.Headers.SetValue("ocp-date", DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture));
        if (request.Content is { } content && content.TryComputeLength(out long length))
        {
            request.Headers.SetValue("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        }

        string text = SharedKeySignature.StringToSign(
            request.Method.Method,
            credential.AccountName,
            request.Uri.ToUri().PathAndQuery,
            request.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value)));
        request.Headers.SetValue("Authorization", $"SharedKey {credential.AccountName}:{credential.Sign(text)}");
    }
}
