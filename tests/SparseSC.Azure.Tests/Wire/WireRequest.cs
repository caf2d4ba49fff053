using System.Text;
using System.Text.Json;

namespace SparseSC.Azure.Tests.Wire;

/// <summary>A request as it came over the wire.</summary>
internal sealed record WireRequest(string Method, string PathAndQuery, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string Path => PathAndQuery.Split('?')[0];

    public string? Header(string name) =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    public IEnumerable<(string Name, string Value)> Query() => PathAndQuery.Split('?', 2) is [_, string query]
        ? query.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])))
        : [];

    public JsonElement Json() => JsonDocument.Parse(Body).RootElement;
}

/// <summary>What to answer; <see cref="Lost"/> closes the connection instead.</summary>
internal sealed record WireReply(int Status, string? Body = null, params (string Name, string Value)[] Headers)
{
    public static WireReply Lost { get; } = new(0);

    /// <summary>An error as the service writes it.</summary>
    public static WireReply Error(int status, string code, string message = "No.", params (string Name, string Value)[] headers) => new(
        status,
        $$$"""{"odata.metadata":"https://endpoint/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element","code":"{{{code}}}","message":{"lang":"en-US","value":"{{{message}}}"}}""",
        headers);

    public byte[] ToBytes(bool withBody)
    {
        byte[] body = Encoding.UTF8.GetBytes(Body ?? "");
        StringBuilder head = new($"HTTP/1.1 {Status} Whatever\r\nContent-Length: {body.Length}\r\n");
        if (Body is not null && !Headers.Any(header => header.Name == "Content-Type"))
        {
            head.Append("Content-Type: application/json; odata=minimalmetadata\r\n");
        }

        foreach ((string name, string value) in Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        byte[] start = Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
        return withBody ? [.. start, .. body] : start;
    }
}
