using System.Security.Cryptography;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>Copies of workers that cannot be started where they lie; each in a folder named by what is in it.</summary>
/// <remarks>
/// The folders belong to this user alone, so that nobody else can put a program there; what lies in one is compared with its name
/// before every use all the same, since a copy may be cut off or damaged.
/// </remarks>
/// <param name="directory">The folder of the copies.</param>
internal sealed class WorkerCache(string directory)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);

    /// <summary>The folder in the user's own data.</summary>
    public static string DefaultDirectory => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "SparseSC", "workers");

    /// <summary>A copy that can be started.</summary>
    /// <param name="worker">The file to copy.</param>
    /// <returns>Full path of the copy.</returns>
    /// <exception cref="BatchJobException">No copy can be made.</exception>
    public string CopyOf(string worker)
    {
        try
        {
            // Without a home there is no folder of one's own, and a relative path would mean whatever folder one is in.
            return Path.IsPathRooted(directory) ? Copy(worker) : throw new IOException("This user has no home folder.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BatchJobException(
                "WorkerNotExecutable",
                $"The worker '{worker}' lacks the executable bit, which cannot be set, and no copy can be made in '{directory}' ({error.Message}). "
                + $"Run 'chmod a+x {worker}' as its owner, or give another {{WorkerPath}}.",
                innerException: error);
        }
    }

    private string Copy(string worker)
    {
        MakePrivate(directory);
        string hash = HashOf(worker);
        string folder = Path.Combine(directory, hash);
        MakePrivate(folder);
        string copy = Path.Combine(folder, Path.GetFileName(worker));

        // A link could lead to a file that somebody else can change after it was looked at.
        bool isThere = File.Exists(copy) && new FileInfo(copy).LinkTarget is null && HashOf(copy) == hash;
        if (!isThere)
        {
            Write(worker, copy, hash);
            RemoveUnused(hash);
        }

        SetMode(copy, Private);
        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
        return copy;
    }

    private static void Write(string worker, string copy, string hash)
    {
        // What lies there is not the worker; and were it a link, the copy would be written where it leads.
        File.Delete(copy);
        AtomicFile.Write(copy, target =>
        {
            using FileStream source = new(worker, FileMode.Open, FileAccess.Read, FileShare.Read);
            source.CopyTo(target);
        });
        if (HashOf(copy) != hash)
        {
            throw new IOException($"'{worker}' changed while it was copied.");
        }
    }

    // Each version of the module has a worker of its own; those of versions that are gone would stay for ever.
    private void RemoveUnused(string hash)
    {
        foreach (string folder in Directory.EnumerateDirectories(directory))
        {
            if (Path.GetFileName(folder) != hash && Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow - Unused)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    // Only the owner can set a mode, so this refuses a folder that another user made.
    private static void MakePrivate(string folder)
    {
        Directory.CreateDirectory(folder);
        SetMode(folder, Private);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static string HashOf(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
