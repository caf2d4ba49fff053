namespace SparseSC.BatchServer.Execution;

/// <summary>Keeps what a process writes in a file.</summary>
internal static class OutputCopy
{
    /// <summary>
    /// Copies until the process closes its end. What has no room is thrown away, because a process whose pipe nobody reads would never end.
    /// </summary>
    /// <param name="source">The process's stream.</param>
    /// <param name="file">The file.</param>
    /// <param name="full">Told, at the first write that fails.</param>
    public static async Task RunAsync(Stream source, string file, Action full)
    {
        // Unbuffered, so that whoever reads the file of a running task sees what was written.
        FileStream? target = null;
        try
        {
            byte[] buffer = new byte[81920];
            target = Write(() => Open(file), full);
            int read;
            while ((read = await source.ReadAsync(buffer)) > 0)
            {
                if (target is { } open && !Write(() => { open.Write(buffer, 0, read); return true; }, full))
                {
                    await CloseAsync(open);
                    target = null;
                }
            }
        }
        catch (Exception problem) when (problem is ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The process was let go of while a grandchild still held the pipe.
        }
        finally
        {
            if (target is not null)
            {
                await CloseAsync(target);
            }
        }
    }

    private static FileStream Open(string file) =>
        new(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static T? Write<T>(Func<T> write, Action full)
    {
        try
        {
            return write();
        }
        catch (IOException)
        {
            full();
            return default;
        }
    }

    private static async Task CloseAsync(FileStream file)
    {
        try
        {
            await file.DisposeAsync();
        }
        catch (IOException)
        {
            // What could not be written was told already.
        }
    }
}
