using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>A file that is read twice, to know its hash before it is sent; a change in between is noticed.</summary>
internal sealed class LocalContent : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _blockSize;
    private readonly byte[][] _digests;

    private LocalContent(SafeFileHandle file, string path, int blockSize, long length, byte[][] digests, string sha256)
    {
        _file = file;
        _path = path;
        _blockSize = blockSize;
        _digests = digests;
        Length = length;
        Sha256 = sha256;
    }

    public long Length { get; }

    public string Sha256 { get; }

    /// <summary>Number of blocks, at least 1: an empty file is an empty block.</summary>
    public int Blocks => _digests.Length;

    /// <summary>Reads the file to its end.</summary>
    public static async Task<LocalContent> OpenAsync(string path, int blockSize, CancellationToken cancellationToken)
    {
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.Asynchronous | FileOptions.SequentialScan);
        try
        {
            long length = RandomAccess.GetLength(file);
            byte[][] digests = new byte[Math.Max(1, (length + blockSize - 1) / blockSize)][];
            byte[] buffer = new byte[Math.Min(length, blockSize)];
            using IncrementalHash whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int i = 0; i < digests.Length; i++)
            {
                Memory<byte> block = buffer.AsMemory(0, (int)Math.Min(blockSize, length - ((long)i * blockSize)));
                await FillAsync(file, path, block, (long)i * blockSize, cancellationToken).ConfigureAwait(false);
                digests[i] = SHA256.HashData(block.Span);
                whole.AppendData(block.Span);
            }

            return new LocalContent(file, path, blockSize, length, digests, ContentHash.Text(whole.GetHashAndReset()));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The id of a block: its place and its hash. So uploads of different content to one blob at the same time cannot take each other's
    /// blocks for their own.
    /// </summary>
    public string BlockId(int block) => Convert.ToBase64String([.. BitConverter.GetBytes(block), .. _digests[block]]);

    /// <summary>Reads a block again.</summary>
    /// <exception cref="BatchJobException">It is not what it was (<c>StorageFileChanged</c>).</exception>
    public async Task<byte[]> ReadAsync(int block, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[Math.Min(_blockSize, Length - ((long)block * _blockSize))];
        await FillAsync(_file, _path, bytes, (long)block * _blockSize, cancellationToken).ConfigureAwait(false);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(_digests[block]) ? bytes : throw Changed(_path);
    }

    public void Dispose() => _file.Dispose();

    private static async Task FillAsync(SafeFileHandle file, string path, Memory<byte> block, long offset, CancellationToken cancellationToken)
    {
        int done = 0;
        while (done < block.Length)
        {
            int read = await RandomAccess.ReadAsync(file, block[done..], offset + done, cancellationToken).ConfigureAwait(false);
            done += read > 0 ? read : throw Changed(path);
        }
    }

    private static BatchJobException Changed(string path) =>
        new("StorageFileChanged", $"'{path}' changed while it was being uploaded, and the upload was given up. Let whatever writes it finish, and try again.");
}
