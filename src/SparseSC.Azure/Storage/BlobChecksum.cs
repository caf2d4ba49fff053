using System.Security.Cryptography;

namespace SparseSC.Azure.Storage;

/// <summary>The best that is known about a blob's content: its SHA-256, else the service's MD5, else nothing but its length.</summary>
internal sealed class BlobChecksum
{
    private readonly long _length;
    private readonly string? _expected;
    private readonly string _name;
    private readonly HashAlgorithmName _algorithm;

    private BlobChecksum(long length, string? expected, string name, HashAlgorithmName algorithm)
    {
        _length = length;
        _expected = expected;
        _name = name;
        _algorithm = algorithm;
    }

    /// <summary>Whether equal means the same content, and not just as many bytes.</summary>
    private bool IsHash => _expected is not null;

    public static BlobChecksum Of(StoredBlob blob) => blob switch
    {
        // A hash that is none still says that somebody wanted it checked; nothing will equal it.
        { Sha256: { } sha256 } => new BlobChecksum(blob.Length, ContentHash.Normalize(sha256) ?? sha256, "SHA-256", HashAlgorithmName.SHA256),
        { ContentMd5: { } md5 } => new BlobChecksum(blob.Length, md5, "MD5", HashAlgorithmName.MD5),
        _ => new BlobChecksum(blob.Length, null, "", HashAlgorithmName.SHA256),
    };

    public IncrementalHash Start() => IncrementalHash.CreateHash(_algorithm);

    /// <summary>The fault of content that was read to its end; <c>null</c> when it has none.</summary>
    public string? Fault(long length, IncrementalHash read)
    {
        if (length != _length)
        {
            return $"it has {length} bytes where the listing says {_length}";
        }

        byte[] digest = read.GetHashAndReset();
        string found = _algorithm == HashAlgorithmName.SHA256 ? ContentHash.Text(digest) : Convert.ToBase64String(digest);
        return IsHash && found != _expected ? $"its {_name} is {found}, and should be {_expected}" : null;
    }

    /// <summary>Whether a file is known to hold the blob's content.</summary>
    public async Task<bool> IsOfAsync(string path, CancellationToken cancellationToken)
    {
        FileInfo info = new(path);
        if (!IsHash || !info.Exists || info.Length != _length)
        {
            return false;
        }

        using IncrementalHash hash = Start();
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            byte[] buffer = new byte[1 << 17];
            long length = 0;
            for (int read; (read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; length += read)
            {
                hash.AppendData(buffer, 0, read);
            }

            return Fault(length, hash) is null;
        }
    }
}
