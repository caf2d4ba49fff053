using System.Security.Cryptography;
using System.Text;

namespace SparseSC.BatchServer.Protocol;

/// <summary>The signature of a request under the account's key.</summary>
internal static class SharedKeySignature
{
    private static readonly string[] Slots =
    [
        "content-encoding", "content-language", "content-length", "content-md5", "content-type", "date",
        "if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range",
    ];

    /// <param name="method">The verb.</param>
    /// <param name="target">Path and query exactly as on the wire.</param>
    /// <param name="header">A header's literal value, or null; asked in lower case.</param>
    /// <param name="serviceHeaders">The headers whose names begin with ocp-.</param>
    /// <param name="account">Name of the account.</param>
    public static string StringToSign(
        string method, string target, Func<string, string?> header, IEnumerable<KeyValuePair<string, string>> serviceHeaders, string account)
    {
        StringBuilder text = new();
        text.Append(method).Append('\n');

        // A client that sends both dates signs the service's own one only.
        KeyValuePair<string, string>[] service = [.. serviceHeaders];
        bool ownDate = service.Any(item => item.Key.Equals("ocp-date", StringComparison.OrdinalIgnoreCase));
        foreach (string slot in Slots)
        {
            text.Append(slot == "date" && ownDate ? "" : header(slot)).Append('\n');
        }

        foreach ((string name, string value) in service.OrderBy(item => item.Key.ToLowerInvariant(), StringComparer.Ordinal))
        {
            text.Append(name.ToLowerInvariant()).Append(':').Append(value.Trim()).Append('\n');
        }

        int question = target.IndexOf('?', StringComparison.Ordinal);
        text.Append('/').Append(account).Append(question < 0 ? target : target[..question]);
        foreach ((string name, string value) in Query(question < 0 ? "" : target[(question + 1)..]).OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            text.Append('\n').Append(name).Append(':').Append(value);
        }

        return text.ToString();
    }

    public static string Sign(string stringToSign, byte[] key) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));

    private static IEnumerable<(string Name, string Value)> Query(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Select(part => (Uri.UnescapeDataString(part[0]).ToLowerInvariant(), part.Length > 1 ? Uri.UnescapeDataString(part[1]) : ""));
}
