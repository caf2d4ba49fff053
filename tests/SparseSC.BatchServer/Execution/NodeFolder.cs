namespace SparseSC.BatchServer.Execution;

internal static class NodeFolder
{
    private const int MostTries = 100;

    /// <summary>Removes a folder whose content others are still removing: files kept for a time, and processes that are just ending.</summary>
    public static async Task RemoveWhenQuietAsync(string folder)
    {
        for (int attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (attempt < MostTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    /// <summary>Removes a folder that may be gone already, or lose files while it is being removed.</summary>
    public static void Remove(string? folder)
    {
        if (folder is not null)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // A process that is just ending can still write; the work root goes at the end in any case.
            }
        }
    }
}
