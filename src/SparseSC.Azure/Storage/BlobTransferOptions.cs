namespace SparseSC.Azure.Storage;

/// <summary>How files go to and fro.</summary>
internal sealed record BlobTransferOptions
{
    /// <summary>The most requests under way at once, at least 1.</summary>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one request has to be under way.");
    } = 8;

    /// <summary>Hears of every file and block that is done; from any thread, but never from two at once.</summary>
    public IProgress<BlobTransferProgress>? Progress { get; init; }

    /// <summary>
    /// Whether a blob that is there already is read and compared, instead of believing the hash that is kept with it. Whoever could write
    /// the blob could write that, too.
    /// </summary>
    public bool ComparesContent { get; init; }

    /// <summary>Bytes per request of an upload. 4 MiB pass a slow line within a request's time, and make files up to 195 GiB.</summary>
    internal int BlockSize { get; init; } = 4 << 20;
}
