using System.Reflection;
using SparseSC.Batch.Jobs;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Loading;

/// <summary>The way into SparseSC.Azure. Only types of Core cross the border.</summary>
internal static class AzureProvider
{
    private const string TypeName = "SparseSC.Azure.Jobs.AzureBackendProvider";

    private static readonly Lazy<IBatchBackendProvider> Single = new(Make);

    public static IBatchBackendProvider Instance => Single.Value;

    private static IBatchBackendProvider Make()
    {
        try
        {
            Assembly assembly = Assembly.Load(AzureLoadContext.EntryAssembly);
            return (IBatchBackendProvider)Activator.CreateInstance(assembly.GetType(TypeName, throwOnError: true)!)!;
        }
        catch (Exception error) when (error is IOException or TypeLoadException or BadImageFormatException)
        {
            throw new BatchJobException(
                ErrorIds.AzureNotLoaded,
                $"The part of the module that speaks to Azure cannot be loaded from '{ModuleFiles.IsolatedDirectory}' ({error.Message.Trim()}) Install the module again, and restart the session.",
                innerException: error);
        }
    }
}
