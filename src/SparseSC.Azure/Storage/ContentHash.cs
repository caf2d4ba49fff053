using System.Security.Cryptography;

namespace SparseSC.Azure.Storage;

/// <summary>SHA-256 of a blob's content, as it stands in the blob's metadata: lower-case hex.</summary>
internal static class ContentHash
{
    /// <summary>The metadata's key.</summary>
    public const string MetadataKey = "sha256";

#pragma warning disable CA1308 // Hex digests are written in lower case everywhere; nothing is compared by culture.
    public static string Text(ReadOnlySpan<byte> digest) => Convert.ToHexString(digest).ToLowerInvariant();

    /// <summary>The hash in lower case, or <c>null</c> when the text is not a SHA-256 in hex.</summary>
    public static string? Normalize(string text) =>
        text.Length == SHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;
#pragma warning restore CA1308

    /// <summary>The hash that a blob's metadata hold, as it was written; <c>null</c> without one.</summary>
    public static string? Of(IDictionary<string, string>? metadata)
    {
        // The service keeps the case of names but does not tell names apart by it.
        foreach (KeyValuePair<string, string> pair in metadata ?? new Dictionary<string, string>())
        {
            if (pair.Key.Equals(MetadataKey, StringComparison.OrdinalIgnoreCase))
            {
                return pair.Value;
            }
        }

        return null;
    }
}
