using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>Makes the worker's file one that the system starts.</summary>
/// <remarks>
/// Unpacking a package or a zip drops the executable bit. It is set where the file stands; where that may not be changed, because the
/// module was installed for all users or lies on a read-only disk, a copy that this user alone can write is run instead.
/// </remarks>
/// <param name="cache">Where a copy would lie.</param>
/// <param name="setMode">Sets a file's mode; for tests, which root would not be refused.</param>
internal sealed class WorkerExecutable(WorkerCache cache, Action<string, UnixFileMode>? setMode = null)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // In a mode, the bit to execute stands two places below the bit to read.
    private const int ReadToExecute = 2;

    private readonly Action<string, UnixFileMode> _setMode = setMode ?? SetMode;

    /// <summary>The file to start, and what was done to have it.</summary>
    /// <param name="path">The worker.</param>
    /// <returns>The file, and a sentence on what was done; an empty one when nothing was.</returns>
    /// <exception cref="BatchJobException">The bit cannot be set, and no copy can be made.</exception>
    public (string File, string Done) Startable(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return (path, "");
        }

        UnixFileMode mode = File.GetUnixFileMode(path);
        UnixFileMode wanted = mode | (UnixFileMode)((int)(mode & Readable) >> ReadToExecute);
        if (mode == wanted)
        {
            return (path, "");
        }

        try
        {
            _setMode(path, wanted);
            return (path, "Its executable bit, which unpacking had dropped, was set.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string copy = cache.CopyOf(path);
            return (copy, $"It is a copy of '{path}', which lacks the executable bit and may not be changed ({error.Message}).");
        }
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
