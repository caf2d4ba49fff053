namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Addresses of services.</summary>
internal static class Endpoint
{
    /// <summary>Whether <paramref name="text"/> is an address to send keys and tokens to; if not, <paramref name="faults"/> knows why.</summary>
    /// <param name="text">The address.</param>
    /// <param name="parameter">The setting it is.</param>
    /// <param name="example">What it should look like.</param>
    /// <param name="domains">The domains of Azure's own hosts for it.</param>
    /// <param name="trusted">Other hosts that it may be.</param>
    /// <param name="faults">Where faults go.</param>
    public static bool IsUsable(
        string text, string parameter, string example, IReadOnlyList<string> domains, IReadOnlyList<string> trusted, ConfigErrors faults)
    {
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.Host.Length > 0;
        if (!isAddress)
        {
            faults.Add(parameter, $"{{{parameter}}} '{text}' is no address. Give one such as {example}.");
            return false;
        }

        // Whatever follows a question mark may be a signature, so it is not repeated.
        if (uri!.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            faults.Add(parameter, $"{{{parameter}}} for host '{uri.Host}' holds more than an address: a user, a query or a fragment. Give {example}.");
            return false;
        }

        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
        {
            faults.Add(parameter, $"{{{parameter}}} '{text}' is http, which anyone on the way can read. Give https; http is for this machine alone.");
            return false;
        }

        bool isTrusted = uri.IsLoopback
            || domains.Any(domain => uri.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase))
            || trusted.Contains(uri.Host, StringComparer.OrdinalIgnoreCase);
        if (!isTrusted)
        {
            faults.Add(parameter, $"{{{parameter}}} '{text}' is none of Azure's addresses ({string.Join(", ", domains.Select(domain => $"*{domain}"))}), and your token and signed addresses would be sent there. If the host is yours, give {{TrustEndpoint}} {uri.Host}.");
        }

        return isTrusted;
    }
}
