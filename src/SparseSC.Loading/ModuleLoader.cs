using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SparseSC.Loading;

/// <summary>Loads the module's assemblies before PowerShell does: code compiled ahead for this system, where there is some.</summary>
/// <remarks>
/// What is loaded first is what a session gets: PowerShell asks for the same assembly in bin/net8.0 afterwards, and is handed this one.
/// All of this stands in an assembly because PowerShell would have to compile a script that does the same.
/// </remarks>
public sealed class ModuleLoader : IModuleAssemblyInitializer
{
    // An older .NET does not understand the code compiled ahead.
    private const int FirstRuntime = 10;

    private static readonly string[] Names = ["SparseSC.Numerics.dll", "SparseSC.Core.dll", "SparseSC.Batch.dll", "SparseSC.PowerShell.dll"];

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The session has used another build of the module.</exception>
    public void OnImport()
    {
        string plain = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!;
        string ahead = Path.Combine(plain, RuntimeInformation.RuntimeIdentifier);
        string folder = Environment.Version.Major >= FirstRuntime && Directory.Exists(ahead) ? ahead : plain;
        try
        {
            foreach (string name in Names)
            {
                // Not by a load context: what an assembly loaded this way refers to is looked for in its own folder.
                _ = Assembly.LoadFrom(Path.Combine(folder, name));
            }
        }
        catch (FileLoadException error)
        {
            // A process can hold one version of an assembly. Left to PowerShell, the refusal would speak of assemblies.
            throw new InvalidOperationException(
                "Another version of the module SparseSC has been used in this session, and a session can hold only one. "
                + $"Restart the session to use the one in '{Path.GetFullPath(Path.Combine(plain, "..", ".."))}'.",
                error);
        }
    }
}
