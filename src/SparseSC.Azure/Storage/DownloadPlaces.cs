namespace SparseSC.Azure.Storage;

/// <summary>Gives each blob its file below one directory, and none outside of it or two the same.</summary>
internal sealed class DownloadPlaces
{
    private readonly string _root;

    // Letter case counts for nothing on most machines, so it counts for nothing here.
    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _folderFaults = new(StringComparer.OrdinalIgnoreCase);

    public DownloadPlaces(string directory) => _root = Path.GetFullPath(directory);

    /// <summary>The file for a blob.</summary>
    /// <param name="relativeName">The blob's name below what the directory stands for; it has passed <see cref="BlobName.Fault"/>.</param>
    /// <param name="path">Full path of the file.</param>
    /// <returns>Why the blob cannot have one; <c>null</c> when it can.</returns>
    public string? Claim(string relativeName, out string path)
    {
        path = Path.GetFullPath(Path.Combine(_root, relativeName.Replace('/', Path.DirectorySeparatorChar)));
        if (!path.StartsWith(Path.TrimEndingDirectorySeparator(_root) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return "it leads out of the directory";
        }

        string folder = Path.GetDirectoryName(path)!;
        return FolderFault(folder) is { } fault ? fault
            : _folderFaults.ContainsKey(path) || Directory.Exists(path) ? $"'{path}' is a folder"
            : new FileInfo(path).LinkTarget is not null ? $"'{path}' is a link"
            : !_files.Add(path) ? "another blob has the same name but for letter case"
            : null;
    }

    private string? FolderFault(string folder)
    {
        if (folder.Length <= Path.TrimEndingDirectorySeparator(_root).Length)
        {
            return null;
        }

        if (_files.Contains(folder))
        {
            return $"'{folder}' is a file";
        }

        if (!_folderFaults.TryGetValue(folder, out string? fault))
        {
            // A link that stands below the directory could lead anywhere.
            fault = FolderFault(Path.GetDirectoryName(folder)!)
                ?? (new DirectoryInfo(folder).LinkTarget is not null ? $"'{folder}' is a link" : File.Exists(folder) ? $"'{folder}' is a file" : null);
            _folderFaults.Add(folder, fault);
        }

        return fault;
    }
}
