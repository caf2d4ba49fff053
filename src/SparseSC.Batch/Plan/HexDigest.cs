using System.Security.Cryptography;

namespace SparseSC.Batch.Plan;

/// <summary>SHA-256 as lower-case hex.</summary>
internal static class HexDigest
{
    public static string Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Of(stream);
    }

#pragma warning disable CA1308 // Hex digests are written in lower case everywhere; nothing is compared by culture.
    public static string Of(Stream stream) => Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant();
#pragma warning restore CA1308
}
