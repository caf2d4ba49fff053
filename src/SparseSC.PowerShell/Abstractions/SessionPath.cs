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
}
