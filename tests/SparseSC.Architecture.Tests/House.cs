using System.Xml.Linq;

namespace SparseSC.Architecture.Tests;

/// <summary>Where the repository's files are.</summary>
internal static class House
{
    public static string Root => RepositoryFiles.Root;

    /// <summary>Every project under src.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static string Manifest => File.ReadAllText(Path.Combine(Root, "SparseSC.psd1"));

    public static XElement Load(string project) => XDocument.Load(project).Root!;

    /// <summary>Sources below one of the repository's folders, without what the build makes.</summary>
    public static IEnumerable<string> Sources(string folder)
    {
        string path = Path.Combine(Root, folder);
        return !Directory.Exists(path)
            ? []
            : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(path, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));
    }
}
