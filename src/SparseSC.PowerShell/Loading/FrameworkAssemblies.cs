using System.Collections.Frozen;
using System.Reflection;

namespace SparseSC.PowerShell.Loading;

/// <summary>The assemblies that PowerShell and its .NET bring along.</summary>
internal static class FrameworkAssemblies
{
    private static readonly FrozenDictionary<string, string> Paths = ((AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string) ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there is one of this name that is at least as new.</summary>
    /// <remarks>The framework's own is then the better one: it fits the rest of the framework, and others hand out its types.</remarks>
    public static bool HasAtLeast(AssemblyName wanted) =>
        wanted.Name is not null
        && Paths.TryGetValue(wanted.Name, out string? path)
        && AssemblyName.GetAssemblyName(path).Version >= wanted.Version;
}
