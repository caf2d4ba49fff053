namespace SparseSC.Azure.Storage;

/// <summary>How far a transfer is.</summary>
/// <param name="FilesDone">Files that need nothing more, whether moved, there before, or refused.</param>
/// <param name="Files">All files.</param>
/// <param name="BytesDone">Bytes that need nothing more.</param>
/// <param name="Bytes">All bytes.</param>
internal readonly record struct BlobTransferProgress(int FilesDone, int Files, long BytesDone, long Bytes);

/// <summary>Counts what is done and tells it in the order it happened.</summary>
internal sealed class TransferCounter(IProgress<BlobTransferProgress>? progress, int allFiles, long allBytes)
{
    private readonly object _sync = new();
    private int _filesDone;
    private long _bytesDone;

    public void Add(int files, long length)
    {
        lock (_sync)
        {
            _filesDone += files;
            _bytesDone += length;
            progress?.Report(new BlobTransferProgress(_filesDone, allFiles, _bytesDone, allBytes));
        }
    }
}
