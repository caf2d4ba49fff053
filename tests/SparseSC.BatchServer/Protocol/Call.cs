using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Protocol;

/// <summary>One request that was admitted: what it names and what it carries.</summary>
internal sealed class Call(HttpContext http, JsonObject? body)
{
    public const int LongestTimeout = 30;
    public const int LargestPage = 1000;

    // The one clause of the service: https://learn.microsoft.com/azure/batch/batch-efficient-list-queries.
    private const string Expandable = "stats";

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

    /// <summary>The version that is spoken.</summary>
    public string Version => Query("api-version")!;

    /// <summary>The properties that are asked for.</summary>
    /// <exception cref="ServiceException">One of them, or of those to expand, does not exist.</exception>
    public Wanted Select(AnswerSchema schema)
    {
        bool IsKnown(string name) => name == "*" || (!name.Contains('/', StringComparison.Ordinal) && schema.Find(Version, name) is not null);
        if (Names("$select").FirstOrDefault(name => !IsKnown(name)) is { } unknown)
        {
            throw ServiceException.Query("$select", Query("$select")!, $"There is no property '{unknown}'");
        }

        if (Names("$expand").FirstOrDefault(name => !name.Equals(Expandable, StringComparison.OrdinalIgnoreCase)) is { } closed)
        {
            throw ServiceException.Query("$expand", Query("$expand")!, $"'{closed}' cannot be expanded; '{Expandable}' can");
        }

        return Wanted.Of(Names("$select"));
    }

    /// <summary>The condition that is asked for; null when there is none.</summary>
    /// <exception cref="ServiceException">It cannot be read, or asks for what does not exist.</exception>
    public Filter? Filter(AnswerSchema schema) =>
        Query("$filter") is { Length: > 0 } text ? Protocol.Filter.Parse(text, path => schema.Find(Version, path)) : null;

    private string[] Names(string clause) =>
        Query(clause)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

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
