using System.Reflection;
using System.Runtime.Loader;

namespace SparseSC.PowerShell.Loading;

/// <summary>Where SparseSC.Plots and OxyPlot live, apart from an OxyPlot that another module of the session brings.</summary>
/// <remarks>Core is not in the folder, so it comes from the default context: what is drawn is of the types that the cmdlets have.</remarks>
internal sealed class PlotsLoadContext : AssemblyLoadContext
{
    /// <summary>The assembly that is loaded in here on demand.</summary>
    public const string EntryAssembly = "SparseSC.Plots";

    private static readonly Lazy<PlotsLoadContext> Single = new(() => new PlotsLoadContext(ModuleFiles.PlotsDirectory));

    private readonly string _directory;

    private PlotsLoadContext(string directory)
        : base(EntryAssembly)
    {
        _directory = directory;
    }

    /// <summary>The one context of this process: every runspace shares it.</summary>
    public static PlotsLoadContext Instance => Single.Value;

    /// <summary>Loads the assembly that everything else in here is loaded for.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public Assembly LoadEntry() => LoadFromAssemblyPath(Path.Combine(_directory, $"{EntryAssembly}.dll"));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(_directory, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
