using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace SparseSC.PowerShell.Loading;

/// <summary>Tells the runtime, when the module is imported, where SparseSC.Azure and SparseSC.Plots are to be had. They are loaded when first needed.</summary>
/// <remarks>
/// The handler stays when the module is removed: objects of the module may still be about, in other runspaces too, and it answers
/// for these two names only.
/// </remarks>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private static int _isRegistered;

    /// <inheritdoc/>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref _isRegistered, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name switch
        {
            AzureLoadContext.EntryAssembly => AzureLoadContext.Instance.LoadEntry(),
            PlotsLoadContext.EntryAssembly => PlotsLoadContext.Instance.LoadEntry(),
            _ => null,
        };
}
