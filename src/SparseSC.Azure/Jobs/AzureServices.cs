using Azure.Core;
using Azure.Storage.Blobs;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Azure.Jobs;

/// <summary>The services that a configuration names, opened once and shared by all parts of a backend.</summary>
internal sealed class AzureServices
{
    private const int MostRetries = 5;
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ImpatientTimeout = TimeSpan.FromSeconds(15);

    private readonly Action<ClientOptions>? _tune;

    private AzureServices(AzureBatchConfig config, AzureKeys keys, AzureCloud cloud, BackendContext context, Action<ClientOptions>? tune)
    {
        _tune = tune;
        Config = config;
        RegistryPassword = keys.RegistryPassword;
        Batch = OpenBatch(config, keys, new Uri(config.BatchAccountEndpoint!), cloud, tune);
        Storage = OpenStorage(config, keys, cloud, tune);
        Context = context;
        Steps = new StepTeller(context.Steps);
        Home = Storage.Container(JobLayout.HomeContainer(config));
        Inputs = Storage.Container(JobLayout.InputsContainer(config));
        Records = new JobRecords(this);
    }

    /// <summary>The settings, with what the environment adds.</summary>
    public AzureBatchConfig Config { get; }

    /// <summary>The password of the registry's user; <c>null</c> when there is none.</summary>
    public string? RegistryPassword { get; }

    public BatchClient Batch { get; }

    public StorageAccount Storage { get; }

    public BackendContext Context { get; }

    /// <summary>Who is told what is done.</summary>
    public StepTeller Steps { get; }

    /// <summary>The container of records.</summary>
    public StorageContainer Home { get; }

    /// <summary>The container of workers and plans.</summary>
    public StorageContainer Inputs { get; }

    /// <summary>The records of jobs.</summary>
    public JobRecords Records { get; }

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>How long to wait between two looks at something that is on its way.</summary>
    public TimeSpan Pause { get; private init; }

    /// <summary>How long a submission's claim on a job lasts without being renewed; the service takes 15 to 60 seconds.</summary>
    public TimeSpan ClaimDuration { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>The container that a run's tasks write to.</summary>
    public StorageContainer OutputsOf(JobRun run) => Storage.Container(run.Container);

    /// <summary>Makes the clients. Nothing is asked of any service yet.</summary>
    /// <param name="config">The settings; what is not given comes from the environment.</param>
    /// <param name="context">What the program brings along.</param>
    /// <param name="tune">Changes the options of all clients; <c>null</c> to leave them.</param>
    /// <param name="pause">The pause between two looks at something that is on its way; <c>null</c> for the usual one.</param>
    /// <exception cref="Core.Errors.InvalidInputException">An address or key cannot be one.</exception>
    public static AzureServices Open(AzureBatchConfig config, BackendContext context, Action<ClientOptions>? tune = null, TimeSpan? pause = null)
    {
        (AzureServices services, IReadOnlyList<string> warnings) = Make(config, context, tune, pause ?? UsualPause);
        foreach (string warning in warnings)
        {
            services.Steps.Warning(warning);
        }

        return services;
    }

    /// <summary>The same services for someone who wants to know whether they answer, and not to wait until they do.</summary>
    public AzureServices Impatient() => Make(Config, Context, Hurry, Pause).Services;

    /// <summary>The same services with machines of another size, in a pool that lives as long as the job it is for.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">The size cannot be one, or the settings need a pool that is made beforehand.</exception>
    public AzureServices OnPoolOfItsOwn(string vmSize)
    {
        AzureBatchConfig config = Config.Copy();
        (config.PoolId, config.AutoPool, config.VmSize, config.TaskSlotsPerNode) = (null, true, vmSize, null);
        (config.AutoScaleFormula, config.ScaleToQueue, config.AutoScaleInterval, config.StopPoolAfter) = (null, false, null, null);
        (config.DedicatedNodeCount, config.RemovePoolWhenDone) = (config.DedicatedNodeCount + config.SpotNodeCount == 0 ? 1 : config.DedicatedNodeCount, false);
        AzureBatchConfigValidator.Refuse(AzureBatchConfigValidator
            .Inspect(config, Context.WorkerHome, EnvironmentVariables.OfThisProcess)
            .Where(finding => finding.Check != nameof(AzureBatchConfig.WorkerPath)));
        return Make(config, Context, _tune, Pause).Services;
    }

    private static (AzureServices Services, IReadOnlyList<string> Warnings) Make(
        AzureBatchConfig config, BackendContext context, Action<ClientOptions>? tune, TimeSpan pause)
    {
        AzureBatchConfig filled = AzureEnvironment.Fill(config, EnvironmentVariables.OfThisProcess);
        AzureKeys keys = SecretResolver.Resolve(filled, EnvironmentVariables.OfThisProcess);
        AzureCloud cloud = AzureCloud.Of(new Uri(filled.BatchAccountEndpoint!), EnvironmentVariables.OfThisProcess);
        return (new AzureServices(filled, keys, cloud, context, tune) { Pause = pause }, keys.Warnings);
    }

    private void Hurry(ClientOptions options)
    {
        _tune?.Invoke(options);
        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = ImpatientTimeout;
    }

    private static BatchClient OpenBatch(AzureBatchConfig config, AzureKeys keys, Uri endpoint, AzureCloud cloud, Action<ClientOptions>? tune)
    {
        BatchClientOptions options = new() { Scope = cloud.BatchScope };
        options.Retry.MaxRetries = MostRetries;
        tune?.Invoke(options);
        return keys.BatchAccountKey is { } key
            ? new BatchClient(endpoint, new BatchSharedKeyCredential(config.BatchAccountName!, key), options)
            : new BatchClient(endpoint, AzureCredentials.For(config, cloud), options);
    }

    private static StorageAccount OpenStorage(AzureBatchConfig config, AzureKeys keys, AzureCloud cloud, Action<ClientOptions>? tune)
    {
        BlobClientOptions options = new();
        options.Retry.MaxRetries = MostRetries;
        tune?.Invoke(options);
        Uri endpoint = new(config.StorageEndpoint ?? $"https://{config.StorageAccountName}.{cloud.BlobDomain}");
        return keys.StorageAccountKey is { } key
            ? StorageAccount.FromKey(endpoint, config.StorageAccountName!, key, options)
            : StorageAccount.FromToken(endpoint, AzureCredentials.For(config, cloud), options, accountName: config.StorageAccountName);
    }
}
