namespace SparseSC.BatchServer.Execution;

/// <summary>A node's disk: everything below the node's directory fills it, also what tasks left whose time to be kept is not over.</summary>
/// <param name="root">The node's directory.</param>
/// <param name="size">Bytes it holds; null for a disk without an end.</param>
internal sealed class NodeDisk(string root, long? size)
{
    private static readonly EnumerationOptions NoLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint };
    private readonly Lock _gate = new();

    // What tasks left that have ended: nobody writes there any more, so it is measured once.
    private readonly Dictionary<string, long> _kept = new(StringComparer.Ordinal);

    /// <summary>Whether it has an end at all.</summary>
    public bool IsLimited => size is not null;

    /// <summary>Whether there is more on it than it holds.</summary>
    public bool IsFull => size is { } most && Used() > most;

    /// <param name="more">Bytes that are about to be written.</param>
    /// <exception cref="FailureException">There is no room for them.</exception>
    public void Require(long more)
    {
        if (size is { } most && Used() + more > most)
        {
            throw new FailureException(Failure.DiskFull());
        }
    }

    /// <summary>A run has ended; what it left stays until <see cref="Forget"/>.</summary>
    public void Keep(string directory)
    {
        if (IsLimited)
        {
            long left = Measure(new DirectoryInfo(directory));
            lock (_gate)
            {
                _kept[directory] = left;
            }
        }
    }

    /// <summary>A directory is used again, or is gone.</summary>
    public void Forget(string directory)
    {
        lock (_gate)
        {
            _kept.Remove(directory);
        }
    }

    private long Used() => Measure(new DirectoryInfo(root));

    private long Measure(DirectoryInfo directory)
    {
        long sum = 0;
        try
        {
            foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos("*", NoLinks))
            {
                sum += entry switch
                {
                    FileInfo file => file.Length,
                    DirectoryInfo inner => Known(inner.FullName) ?? Measure(inner),
                    _ => 0,
                };
            }
        }
        catch (IOException)
        {
            // A task removes files while they are counted; the next look counts what is left.
        }

        return sum;
    }

    private long? Known(string directory)
    {
        lock (_gate)
        {
            return _kept.TryGetValue(directory, out long left) ? left : null;
        }
    }
}
