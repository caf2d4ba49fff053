using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Protocol;

/// <summary>What happens to every request: headers, faults, admission, version, body, answer.</summary>
internal sealed class RequestPipeline(Authentication authentication, FaultEngine faults, RequestLog log)
{
    private const int LargestBody = 1024 * 1024;

    public async Task HandleAsync(HttpContext http, Func<Call, Reply> handler, BodySchema? schema)
    {
        AddHeaders(http);
        string path = http.Request.Path.Value ?? "/";
        RequestFault fault = faults.ForRequest(http.Request.Method, path);

        // Before the answer goes out: whoever has the answer finds the line.
        void Log(int status) => log.Add(http.Request.Method, path, status);
        try
        {
            await Task.Delay(fault.Delay, http.RequestAborted);
            if (fault.DropBefore)
            {
                Log(0);
                http.Abort();
                return;
            }

            Reply reply = await AnswerAsync(http, handler, schema, fault);
            if (fault.DropAfter)
            {
                Log(0);
                http.Abort();
                return;
            }

            if (reply.File is null)
            {
                Log(reply.Status);
            }

            await ReplyWriter.WriteAsync(http, reply);
            if (reply.File is not null)
            {
                // A file can still turn out to be gone, or its range wrong.
                Log(reply.Status);
            }
        }
        catch (ServiceException error) when (!http.Response.HasStarted)
        {
            Log(error.Status);
            await ReplyWriter.WriteErrorAsync(http, error);
        }
        catch (FileNotFoundException) when (!http.Response.HasStarted)
        {
            // A file can go away between the look at it and the reading, when its task is deleted or requeued.
            Log(404);
            await ReplyWriter.WriteErrorAsync(http, ServiceException.NotFound("File"));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
    }

    public async Task UnknownAddressAsync(HttpContext http)
    {
        AddHeaders(http);
        log.Add(http.Request.Method, http.Request.Path.Value ?? "/", 404);
        await ReplyWriter.WriteErrorAsync(http, new ServiceException(404, "ResourceNotFound", "The specified resource does not exist."));
    }

    private async Task<Reply> AnswerAsync(HttpContext http, Func<Call, Reply> handler, BodySchema? schema, RequestFault fault)
    {
        JsonObject? body = schema is null ? null : await ReadBodyAsync(http.Request);
        authentication.Check(http);
        string? version = http.Request.Query.TryGetValue("api-version", out var given) ? given.ToString() : null;
        ApiVersion.Check(version);
        if (fault.Error is { } error)
        {
            if (fault.RetryAfter is { } seconds)
            {
                http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            throw error;
        }

        if (schema is not null)
        {
            schema.Check(version!, body);
        }

        Call call = new(http, body);
        call.CheckTimeout();
        return handler(call);
    }

    private static async Task<JsonObject?> ReadBodyAsync(HttpRequest request)
    {
        using MemoryStream content = new();
        await request.Body.CopyToAsync(content);
        if (content.Length > LargestBody)
        {
            throw new ServiceException(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.",
                ("MaxLimit", $"{LargestBody}"));
        }

        if (content.Length == 0)
        {
            return null;
        }

        try
        {
            content.Position = 0;
            return await JsonNode.ParseAsync(content) as JsonObject ?? throw ServiceException.Body("The body is not a JSON object");
        }
        catch (JsonException problem)
        {
            throw ServiceException.Body(problem.Message);
        }
    }

    private static void AddHeaders(HttpContext http)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers["request-id"] = Guid.NewGuid().ToString();
        headers["DataServiceVersion"] = "3.0";
        headers["Server"] = "Microsoft-HTTPAPI/2.0";
        headers["X-Content-Type-Options"] = "nosniff";
        if (http.Request.Headers.TryGetValue("client-request-id", out var id)
            && string.Equals(http.Request.Headers["return-client-request-id"].ToString(), "true", StringComparison.OrdinalIgnoreCase))
        {
            headers["client-request-id"] = id;
        }
    }
}
