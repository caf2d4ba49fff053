namespace SparseSC.BatchServer.Execution;

internal static class NodeFolder
{
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
