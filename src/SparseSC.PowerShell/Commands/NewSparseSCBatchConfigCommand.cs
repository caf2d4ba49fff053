using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Formatting;
using SparseSC.PowerShell.Loading;

namespace SparseSC.PowerShell.Commands;

/// <summary>Says where batch jobs run: on Azure Batch, or on this machine.</summary>
[Cmdlet(VerbsCommon.New, "SparseSCBatchConfig", DefaultParameterSetName = AzureSet)]
[OutputType(typeof(AzureBatchConfig), ParameterSetName = [AzureSet])]
[OutputType(typeof(LocalBatchConfig), ParameterSetName = [LocalSet])]
public sealed class NewSparseSCBatchConfigCommand : AzureConfigCommand
{
    private const string LocalSet = "Local";

    /// <summary>Jobs run in worker processes on this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>The largest number of worker processes; 0 means one per processor.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateRange(0, 1024)]
    public int MaxParallel { get; set; }

    /// <summary>The worker: the executable sparsesc; on this machine also its .dll, or pwsh.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? WorkerPath { get; set; }

    /// <summary>Hosts that are none of Azure's and may be sent tokens and signed addresses all the same.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string[]? TrustEndpoint { get; set; }

    /// <summary>The folder of job records and logs.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? JobDirectory { get; set; }

    /// <inheritdoc/>
    protected override void End() => WriteObject(Local ? MakeLocal() : MakeAzure());

    private LocalBatchConfig MakeLocal()
    {
        LocalBatchConfig config = new()
        {
            MaxParallel = MaxParallel,
            WorkerPath = WorkerPath is null ? null : ResolveWorker(WorkerPath),
            JobDirectory = JobDirectory is null ? null : ResolvePath(JobDirectory),
        };
        Tell(Story.Of(config));
        return config;
    }

    private AzureBatchConfig MakeAzure()
    {
        AzureBatchConfig config = SavedObject.Make<AzureBatchConfig>(name => MyInvocation.BoundParameters.GetValueOrDefault(name));
        config.WorkerPath = WorkerPath is null ? null : ResolvePath(WorkerPath);
        config.RegistryUserName = RegistryCredential?.UserName ?? config.RegistryUserName;
        AzureSecrets secrets = new AzureSecrets()
            .WithBatchAccountKey(BatchAccountKey)
            .WithStorageAccountKey(StorageAccountKey)
            .WithStorageConnectionString(StorageConnectionString)
            .WithRegistryPassword(RegistryCredential?.Password);

        // Names come from the environment now, so that the object says where jobs run; keys stay there until they are needed.
        AzureBatchConfig filled = AzureEnvironment.Fill(config.WithSecrets(secrets).WithTrustedEndpoints(TrustEndpoint), EnvironmentVariables.OfThisProcess);
        foreach (string warning in AzureBatchConfigValidator.Validate(filled, ModuleFiles.WorkerHome(), EnvironmentVariables.OfThisProcess))
        {
            WriteMappedWarning(warning);
        }

        Tell(Story.Of(filled));
        return filled;
    }

    // A bare name such as pwsh is looked up where commands are, not in the current folder.
    private string ResolveWorker(string path) =>
        path.AsSpan().IndexOfAny('/', '\\') < 0 && !File.Exists(ResolvePath(path)) ? path : ResolvePath(path);
}
