namespace SparseSC.BatchServer.Execution;

/// <summary>Paths below a directory that never leave it.</summary>
internal static class NodePath
{
    /// <param name="root">The directory.</param>
    /// <param name="relative">A path from outside.</param>
    /// <returns>The full path, or null when it would lie outside.</returns>
    public static string? Within(string root, string relative)
    {
        string full = Path.GetFullPath(Path.Combine(root, relative));
        string start = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        return full == start || full.StartsWith(start + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full : null;
    }
}
