using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SparseSC.BatchServer.Protocol;

/// <summary>Puts an answer on the wire with the headers the service sends.</summary>
internal static class ReplyWriter
{
    private const string ContentType = "application/json; odata=minimalmetadata";

    public static async Task WriteAsync(HttpContext http, Reply reply)
    {
        HttpResponse response = http.Response;
        response.StatusCode = reply.Status;
        if (reply.About is { } about)
        {
            // The service sends its ETags without quotes, so the typed header API would refuse them.
            response.Headers.ETag = about.ETag;
            response.Headers.LastModified = about.LastModified.ToString("r", CultureInfo.InvariantCulture);
        }

        if (reply.Location is { } location)
        {
            response.Headers["DataServiceId"] = location;
            if (reply.Status == StatusCodes.Status201Created)
            {
                response.Headers.Location = location;
            }
        }

        if (reply.File is { } file)
        {
            await file.WriteAsync(http);
        }
        else if (reply.Body is { } body)
        {
            await WriteJsonAsync(http, body);
        }
    }

    public static Task WriteErrorAsync(HttpContext http, ServiceException error)
    {
        http.Response.StatusCode = error.Status;
        if (HttpMethods.IsHead(http.Request.Method) || error.Status == StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        return WriteJsonAsync(http, ErrorBody(error, $"{http.Request.Scheme}://{http.Request.Host}", http.Response.Headers["request-id"].ToString()));
    }

    public static JsonObject ErrorBody(ServiceException error, string address, string requestId)
    {
        string time = DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture);
        JsonObject body = new()
        {
            ["odata.metadata"] = $"{address}/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element",
            ["code"] = error.Code,
            ["message"] = new JsonObject { ["lang"] = "en-US", ["value"] = $"{error.Message}\nRequestId:{requestId}\nTime:{time}" },
        };
        if (error.Values.Count > 0)
        {
            body["values"] = new JsonArray([.. error.Values.Select(item => new JsonObject { ["key"] = item.Key, ["value"] = item.Value })]);
        }

        return body;
    }

    private static async Task WriteJsonAsync(HttpContext http, JsonNode body)
    {
        http.Response.ContentType = ContentType;
        await http.Response.WriteAsync(body.ToJsonString());
    }
}
