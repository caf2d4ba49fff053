namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The parts of a storage account's connection string. Its text never shows in messages, because it holds a key.</summary>
internal sealed class StorageConnectionString
{
    private StorageConnectionString(string accountName, string accountKey, string? blobEndpoint)
    {
        AccountName = accountName;
        AccountKey = accountKey;
        BlobEndpoint = blobEndpoint;
    }

    public string AccountName { get; }

    public string AccountKey { get; }

    /// <summary>The address of the blobs; <c>null</c> when it is the one that follows from the name.</summary>
    public string? BlobEndpoint { get; }

    /// <summary>Reads <c>Name=Value;…</c>; <c>null</c> unless it names an account and its key.</summary>
    public static StorageConnectionString? TryParse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        Dictionary<string, string> parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A key ends in '=' itself, so only the first one parts name and value.
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts[part[..equals].Trim()] = part[(equals + 1)..].Trim();
            }
        }

        return parts.TryGetValue("AccountName", out string? name) && name.Length > 0 && parts.TryGetValue("AccountKey", out string? key) && key.Length > 0
            ? new StorageConnectionString(name, key, EndpointOf(parts, name))
            : null;
    }

    private static string? EndpointOf(Dictionary<string, string> parts, string name)
    {
        if (parts.TryGetValue("BlobEndpoint", out string? endpoint) && endpoint.Length > 0)
        {
            return endpoint;
        }

        string protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol") ?? "https";
        string? suffix = parts.GetValueOrDefault("EndpointSuffix");
        bool isUsual = protocol.Equals("https", StringComparison.OrdinalIgnoreCase)
            && (string.IsNullOrEmpty(suffix) || suffix.Equals("core.windows.net", StringComparison.OrdinalIgnoreCase));
        return isUsual ? null : $"{protocol}://{name}.blob.{(string.IsNullOrEmpty(suffix) ? "core.windows.net" : suffix)}";
    }
}
