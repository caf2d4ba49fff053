using System.Management.Automation;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Paths as the session means them.</summary>
internal static class SessionPath
{
    /// <exception cref="InvalidInputException">The path is not one of the file system.</exception>
    public static string Resolve(SessionState session, string path)
    {
        string full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem"
            ? full
            : throw new InvalidInputException("NotAFilePath", $"'{path}' is a path of the provider {provider.Name}; give one of the file system.");
    }

    /// <summary>The files of a path that may hold wildcards; a file of that very name comes before a pattern.</summary>
    /// <exception cref="InvalidInputException">The path is not one of the file system, or no file fits the pattern.</exception>
    public static IReadOnlyList<string> Expand(SessionState session, string path)
    {
        string literal = Resolve(session, path);
        if (File.Exists(literal) || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [File.Exists(literal) ? literal : Resolve(session, WildcardPattern.Unescape(path))];
        }

        string[] files = [.. session.Path.GetResolvedProviderPathFromPSPath(path, out _)];
        return files.Length > 0
            ? files
            : throw new InvalidInputException(
                "NoFileFits",
                $"{{Path}}: no file fits '{path}'. Name a file, or give {{LiteralPath}} where brackets belong to its name.",
                "Path");
    }
}
