using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SparseSC.BatchServer.Protocol;

/// <summary>One request that was admitted: what it names and what it carries.</summary>
internal sealed class Call(HttpContext http, JsonObject? body)
{
    public const int LongestTimeout = 30;
    public const int LargestPage = 1000;

    public HttpContext Http { get; } = http;

    /// <summary>The body, already checked against its schema; empty when the operation has none.</summary>
    public JsonObject Body { get; } = body ?? [];

    /// <summary>The service's address as the client sees it.</summary>
    public string Base { get; } = $"{http.Request.Scheme}://{http.Request.Host}";

    public string Path => Http.Request.Path.Value ?? "/";

    public string Route(string name) => (string)Http.Request.RouteValues[name]!;

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public bool Flag(string name) => string.Equals(Query(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The rest of the path after /files/, decoded; routing leaves encoded slashes as they are.</summary>
    public string FilePath()
    {
        string target = Http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        int start = target.IndexOf("/files/", StringComparison.OrdinalIgnoreCase) + "/files/".Length;
        return Uri.UnescapeDataString(target[start..]);
    }

    /// <summary>Page size asked for.</summary>
    /// <exception cref="ServiceException">It is not between 1 and 1000.</exception>
    public int PageSize()
    {
        if (Query("maxresults") is not { } text)
        {
            return LargestPage;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int size))
        {
            throw ServiceException.Query("maxresults", text, "MaxResults is not a number");
        }

        return size switch
        {
            < 1 => throw ServiceException.Query("maxresults", text, "MaxResults cannot be less than 1"),
            > LargestPage => throw ServiceException.Query("maxresults", text, $"MaxResults cannot be greater than {LargestPage}"),
            _ => size,
        };
    }

    /// <exception cref="ServiceException">The client asks to wait longer than the service does.</exception>
    public void CheckTimeout()
    {
        if (Query("timeout") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds is < 1 or > LongestTimeout))
        {
            throw ServiceException.Query("timeout", text, $"Timeout must be between 1 and {LongestTimeout} seconds");
        }
    }
}
