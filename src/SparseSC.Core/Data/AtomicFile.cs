using System.Runtime.CompilerServices;

namespace SparseSC.Core.Data;

/// <summary>Writes a file so that its name only ever stands for complete content.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Calls <paramref name="write"/> with a stream under a temporary name in the folder of <paramref name="path"/>, flushes it
    /// to the disk and renames it over <paramref name="path"/>.
    /// </summary>
    /// <remarks>On any failure the temporary file is deleted and what stood at <paramref name="path"/> stays as it was.</remarks>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);

        string fullPath = Path.GetFullPath(path);
        if (IsDevice(fullPath))
        {
            using FileStream device = new(fullPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device);
            return;
        }

        (string target, string temporary) = Names(path, fullPath);
        try
        {
            using (FileStream stream = Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception error)
        {
            DeleteQuietly(temporary);
            if (Renamed(error, temporary, target) is { } renamed)
            {
                throw renamed;
            }

            throw;
        }
    }

    /// <summary>The same for content that comes from elsewhere and is waited for.</summary>
    /// <remarks>On any failure, cancellation included, the temporary file is deleted and what stood at <paramref name="path"/> stays as it was.</remarks>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);

        string fullPath = Path.GetFullPath(path);
        if (IsDevice(fullPath))
        {
            FileStream device = new(fullPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            await using ConfiguredAsyncDisposable closing = device.ConfigureAwait(false);
            await write(device).ConfigureAwait(false);
            return;
        }

        (string target, string temporary) = Names(path, fullPath);
        try
        {
            FileStream stream = Create(temporary);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception error)
        {
            DeleteQuietly(temporary);
            if (Renamed(error, temporary, target) is { } renamed)
            {
                throw renamed;
            }

            throw;
        }
    }

    private static (string Target, string Temporary) Names(string path, string fullPath)
    {
        // A link keeps pointing where it points; its target is what gets replaced.
        string target = new FileInfo(fullPath).LinkTarget is null
            ? fullPath
            : File.ResolveLinkTarget(fullPath, returnFinalTarget: true)!.FullName;
        string folder = Path.GetDirectoryName(target) ?? throw new IOException($"'{path}' is not a file name.");
        return Directory.Exists(folder)
            ? (target, Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp"))
            : throw new DirectoryNotFoundException($"'{path}' cannot be written: the folder '{folder}' does not exist.");
    }

    private static FileStream Create(string temporary) => new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);

    // The temporary name means nothing to whoever reads the message.
    private static IOException? Renamed(Exception error, string temporary, string target) =>
        error is IOException && error.Message.Contains(temporary, StringComparison.Ordinal)
            ? new IOException(error.Message.Replace(temporary, target, StringComparison.Ordinal), error) { HResult = error.HResult }
            : null;

    // Renaming over /dev/null would replace the device by a file for the whole machine.
    private static bool IsDevice(string fullPath) =>
        !OperatingSystem.IsWindows()
        && (fullPath.StartsWith("/dev/", StringComparison.Ordinal) || fullPath.StartsWith("/proc/", StringComparison.Ordinal))
        && !fullPath.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void DeleteQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one worth reporting.
        }
    }
}
