using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>Reads the error body of the Batch service, which is not the one of other Azure services.</summary>
internal sealed class BatchErrorParser : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        error = null;
        data = null;
        try
        {
            if (response.ContentStream is not { CanSeek: true, Length: > 0 } body)
            {
                return false;
            }

            body.Position = 0;
            BatchError? parsed = JsonSerializer.Deserialize(body, BatchJson.Info<BatchError>());
            if (parsed?.Code is not { Length: > 0 } code)
            {
                return false;
            }

            error = new ResponseError(code, parsed.Message?.Value);
            data = Values(parsed);
            return true;
        }
        catch (JsonException)
        {
            // A proxy between us and the service answers in HTML; the status alone has to do then.
            return false;
        }
    }

    private static Dictionary<string, string> Values(BatchError error)
    {
        Dictionary<string, string> values = [];
        foreach (BatchErrorDetail detail in error.Values ?? [])
        {
            values[detail.Key ?? ""] = detail.Value ?? "";
        }

        return values;
    }
}
