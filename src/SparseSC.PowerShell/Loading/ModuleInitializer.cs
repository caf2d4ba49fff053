using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace SparseSC.PowerShell.Loading;

/// <summary>Tells the runtime, when the module is imported, where SparseSC.Azure is to be had. It is loaded when first needed.</summary>
/// <remarks>
/// The handler stays when the module is removed: objects of the module may still be about, in other runspaces too, and it answers
/// for one name only.
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
        name.Name == AzureLoadContext.EntryAssembly ? AzureLoadContext.Instance.LoadEntry() : null;
}
