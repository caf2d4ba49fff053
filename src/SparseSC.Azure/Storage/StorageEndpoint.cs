using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>Which addresses of a blob service are used.</summary>
internal static class StorageEndpoint
{
    /// <summary>Whether the address is plain http to this machine.</summary>
    public static bool IsHttpLoopback(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback;

    public static void Check(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri
            || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp)
            || endpoint.UserInfo.Length > 0
            || endpoint.Query.Length > 0)
        {
            throw new InvalidInputException(
                "StorageEndpointInvalid",
                $"{{StorageEndpoint}} '{Shown(endpoint)}' is not the address of a blob service. Give it as https://<account>.blob.core.windows.net, without a signature.",
                "StorageEndpoint");
        }

        if (endpoint.Scheme != Uri.UriSchemeHttps && !IsHttpLoopback(endpoint))
        {
            throw NotHttps(endpoint, "and data and signatures must not travel in the clear");
        }
    }

    public static void CheckForTokens(Uri endpoint)
    {
        Check(endpoint);
        if (endpoint.Scheme != Uri.UriSchemeHttps)
        {
            throw NotHttps(endpoint, "and a token must not travel in the clear, not even on this machine");
        }
    }

    private static InvalidInputException NotHttps(Uri endpoint, string why) => new(
        "StorageEndpointNotHttps", $"{{StorageEndpoint}} '{Shown(endpoint)}' is not https, {why}. Use https.", "StorageEndpoint");

    // What stands behind a question mark or before an at sign may be a secret.
    private static string Shown(Uri endpoint) => endpoint.IsAbsoluteUri
        ? $"{endpoint.Scheme}://{endpoint.Authority}{endpoint.AbsolutePath}"
        : endpoint.OriginalString.Split('?')[0].Split('@')[^1];
}
