using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>The text that is signed under a shared key, and its signature.</summary>
/// <remarks>Batch differs from Storage: <c>ocp-</c> headers instead of <c>x-ms-</c>, the path as it is on the wire, one line for each query parameter.</remarks>
internal static class SharedKeySignature
{
    private const string ServiceHeaderPrefix = "ocp-";

    private static readonly string[] StandardHeaders =
    [
        "content-encoding", "content-language", "content-length", "content-md5", "content-type", "date",
        "if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range",
    ];

    /// <summary>The text to sign for a request.</summary>
    /// <param name="method">The HTTP verb, in capitals.</param>
    /// <param name="account">The Batch account's name.</param>
    /// <param name="pathAndQuery">Path and query, percent-encoded exactly as they go over the wire.</param>
    /// <param name="headers">All headers of the request; the names' letter case is of no matter.</param>
    public static string StringToSign(string method, string account, string pathAndQuery, IEnumerable<KeyValuePair<string, string>> headers)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in headers)
        {
            values[name] = value.Trim();
        }

        StringBuilder text = new(256);
        text.Append(method).Append('\n');
        foreach (string name in StandardHeaders)
        {
            // The service takes the date from ocp-date when there is one, and expects the other's place to be empty.
            bool superseded = name == "date" && values.ContainsKey("ocp-date");
            text.Append(superseded ? "" : values.GetValueOrDefault(name, "")).Append('\n');
        }

        IEnumerable<KeyValuePair<string, string>> service = values
            .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value))
            .Where(header => header.Key.StartsWith(ServiceHeaderPrefix, StringComparison.Ordinal))
            .OrderBy(header => header.Key, StringComparer.Ordinal);
        foreach ((string name, string value) in service)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}:{value}\n");
        }

        int question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        text.Append('/').Append(account).Append(question < 0 ? pathAndQuery : pathAndQuery[..question]);
        foreach ((string name, string value) in QueryParameters(question < 0 ? "" : pathAndQuery[(question + 1)..]))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{name}:{value}");
        }

        return text.ToString();
    }

    /// <summary>The signature of <paramref name="text"/>: HMAC-SHA256 under <paramref name="key"/>, in base64.</summary>
    public static string Sign(string text, ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToBase64String(hash);
    }

    private static IEnumerable<(string Name, string Value)> QueryParameters(string query) => query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Uri.UnescapeDataString(pair[0]), pair.Length == 1 ? "" : Uri.UnescapeDataString(pair[1])))
        .OrderBy(pair => pair.Item1, StringComparer.Ordinal);
}
