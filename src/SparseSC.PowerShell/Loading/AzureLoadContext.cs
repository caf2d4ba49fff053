using System.Reflection;
using System.Runtime.Loader;

namespace SparseSC.PowerShell.Loading;

/// <summary>The load context of SparseSC.Azure and the Azure SDK, apart from those that other modules of the session bring.</summary>
/// <remarks>
/// Core and whatever else is shared with the cmdlets is not in the folder, so it comes from the default context and exists once:
/// an object made in here is the same type out there.
/// </remarks>
internal sealed class AzureLoadContext : AssemblyLoadContext
{
    /// <summary>The assembly that is loaded in here on demand.</summary>
    public const string EntryAssembly = "SparseSC.Azure";

    private static readonly Lazy<AzureLoadContext> Single = new(() => new AzureLoadContext(ModuleFiles.IsolatedDirectory));

    private readonly string _directory;

    private AzureLoadContext(string directory)
        : base(EntryAssembly)
    {
        _directory = directory;
    }

    /// <summary>The one context of this process: every runspace shares it.</summary>
    public static AzureLoadContext Instance => Single.Value;

    /// <summary>Loads the assembly that everything else in here is loaded for.</summary>
    /// <exception cref="IOException">It is not there. (Asked for by its name, it would be looked for here again, without end.)</exception>
    public Assembly LoadEntry() => LoadFromAssemblyPath(Path.Combine(_directory, $"{EntryAssembly}.dll"));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(_directory, $"{assemblyName.Name}.dll");
        return File.Exists(path) && !FrameworkAssemblies.HasAtLeast(AssemblyName.GetAssemblyName(path)) ? LoadFromAssemblyPath(path) : null;
    }
}
