using System.Net.Mime;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>Sends requests to one account and turns answers into models or exceptions.</summary>
internal sealed class BatchConnection
{
    /// <summary>The type of every body, in both directions.</summary>
    public const string Json = $"{MediaTypeNames.Application.Json}; odata=minimalmetadata";

    private static readonly StatusCodeClassifier FoundOrNot = new([200, 404]);

    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    public BatchConnection(Uri endpoint, HttpPipelinePolicy authentication, BatchClientOptions options)
    {
        Endpoint = endpoint;
        _version = options.Version;
        _pipeline = HttpPipelineBuilder.Build(new HttpPipelineOptions(options)
        {
            PerRetryPolicies = { authentication },
            RequestFailedDetailsParser = new BatchErrorParser(),
        });
    }

    public Uri Endpoint { get; }

    /// <summary>A request without a body.</summary>
    public HttpMessage Create(RequestMethod method, BatchAddress address) => Create(method, address.On(Endpoint, _version));

    /// <summary>A request without a body to an address that the service gave.</summary>
    public HttpMessage Create(RequestMethod method, Uri address)
    {
        HttpMessage message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.SetValue("Accept", MediaTypeNames.Application.Json);
        if (method == RequestMethod.Post)
        {
            // HTTP sends a length with every POST, so it has to stand there before the request is signed.
            message.Request.Headers.SetValue("Content-Length", "0");
        }

        return message;
    }

    /// <summary>A request with a body.</summary>
    public HttpMessage Create<T>(RequestMethod method, BatchAddress address, T body)
        where T : BatchModel => CreateRaw(method, address, JsonSerializer.SerializeToUtf8Bytes(body, BatchJson.Info<T>()));

    /// <summary>A request with a body that is written already.</summary>
    public HttpMessage CreateRaw(RequestMethod method, BatchAddress address, byte[] body)
    {
        HttpMessage message = Create(method, address);
        message.Request.Headers.Remove("Content-Length");
        message.Request.Headers.SetValue("Content-Type", Json);
        message.Request.Content = RequestContent.Create(body);
        return message;
    }

    /// <summary>Sends, and throws unless the service agrees.</summary>
    /// <exception cref="RequestFailedException">The service refused, with its code, message and values (in <see cref="Exception.Data"/>).</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            await SendUndisposedAsync(message, cancellationToken).ConfigureAwait(false);
            return message.Response;
        }
    }

    /// <summary>Sends, throws unless the service agrees, and reads the answer.</summary>
    public async Task<Response<T>> SendAsync<T>(HttpMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            await SendUndisposedAsync(message, cancellationToken).ConfigureAwait(false);
            return Response.FromValue(Read<T>(message.Response), message.Response);
        }
    }

    /// <summary>Sends and throws unless the service agrees; the message is still the caller's.</summary>
    public async Task SendUndisposedAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (message.Response.Status is < 200 or > 299)
        {
            throw new RequestFailedException(message.Response);
        }
    }

    /// <summary>Sends, and takes "not found" for an answer.</summary>
    public async Task<Response<bool>> ExistsAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            message.ResponseClassifier = FoundOrNot;
            await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return message.Response.Status switch
            {
                200 => Response.FromValue(true, message.Response),
                404 => Response.FromValue(false, message.Response),
                _ => throw new RequestFailedException(message.Response),
            };
        }
    }

    /// <summary>A list whose pages are fetched as they are needed.</summary>
    public AsyncPageable<T> List<T>(BatchAddress first, CancellationToken cancellationToken)
        where T : notnull => new PageStream<T>(this, first.On(Endpoint, _version), cancellationToken);

    /// <summary>Reads the model in an answer.</summary>
    /// <exception cref="RequestFailedException">The answer is not what the protocol says.</exception>
    public static T Read<T>(Response response)
    {
        try
        {
            return JsonSerializer.Deserialize(response.ContentStream ?? Stream.Null, BatchJson.Info<T>())
                ?? throw new JsonException("The answer is empty.");
        }
        catch (JsonException error)
        {
            throw new RequestFailedException(
                response.Status,
                $"The answer to a Batch request is not the {typeof(T).Name} it should be: {error.Message} Is something between this machine and the service?",
                "UnexpectedBatchAnswer",
                error);
        }
    }
}
