using System.Globalization;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Pools;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Azure.Jobs.Probe;

/// <summary>Whether the pool can run jobs, or one could be made that can.</summary>
internal sealed class PoolProbe(AzureServices services)
{
    private readonly PoolProvision _pools = new(services);
    private BatchPool? _existing;

    private AzureBatchConfig Config => services.Config;

    /// <summary>State, size and nodes of the pool.</summary>
    public async Task<IReadOnlyList<ConfigFinding>> PoolAsync(CancellationToken cancellationToken)
    {
        _existing = Config.PoolId is { } id ? await _pools.FindAsync(id, cancellationToken).ConfigureAwait(false) : null;
        if (_existing is null)
        {
            return [Finding.Ok(string.Create(
                CultureInfo.InvariantCulture,
                $"{(Config.PoolId is null ? "Each job will bring a pool of its own" : $"There is no pool '{Config.PoolId}' yet; it will be made with the first job")}: {Config.DedicatedNodeCount} dedicated and {Config.SpotNodeCount} Spot nodes of {Config.VmSize}, {PoolSlots.PerNode(Config)} task slots each{Scaling()}."))];
        }

        List<ConfigFinding> findings = [];
        findings.AddRange((_existing.ResizeErrors ?? []).Select(error =>
            Finding.Warning($"The pool '{_existing.Id}' did not reach its size: {error.Code}. {BatchFailure.Redact(error.Message ?? "")}".TrimEnd())));
        if (_existing.AutoScaleRun?.Error is { } scaling)
        {
            findings.Add(Finding.Warning($"The autoscale formula of the pool '{_existing.Id}' failed: {scaling.Code}. {BatchFailure.Redact(scaling.Message ?? "")}".TrimEnd()));
        }

        findings.AddRange(await NodesAsync(_existing.Id, cancellationToken).ConfigureAwait(false));
        findings.Insert(0, State(_existing));
        return findings;
    }

    /// <summary>The image that a pool would be made from.</summary>
    public async Task<IReadOnlyList<ConfigFinding>> ImageAsync(CancellationToken cancellationToken)
    {
        if (_existing is not null)
        {
            bool lacksContainers = Config.ContainerImage is not null && _existing.VirtualMachineConfiguration?.ContainerConfiguration is null;
            return [lacksContainers
                ? Finding.Error($"The pool '{_existing.Id}' was made without containers, and {{ContainerImage}} '{Config.ContainerImage}' needs them. Give another {{PoolId}}, or leave {{ContainerImage}} out.")
                : Finding.Ok($"The pool '{_existing.Id}' has the image {Name(_existing.VirtualMachineConfiguration?.ImageReference)} with the agent '{_existing.VirtualMachineConfiguration?.NodeAgentSkuId}'.")];
        }

        ImageChoice image = await _pools.ResolveImageAsync(cancellationToken).ConfigureAwait(false);
        List<ConfigFinding> findings = [Finding.Ok($"The service supports the image {Name(image.Reference)} with the agent '{image.NodeAgentSkuId}'.")];
        if (image.Warnings.Count > 0)
        {
            findings.Clear();
            findings.AddRange(image.Warnings.Select(Finding.Warning));
        }

        if (Config.ContainerImage is { } container)
        {
            findings.Add(Finding.Warning($"Whether nodes can pull {{ContainerImage}} '{container}' shows only when they start."));
        }

        return findings;
    }

    /// <summary>Finds what the name of a machine size tells.</summary>
    public Task<IReadOnlyList<ConfigFinding>> SizeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string name = _existing?.VmSize ?? Config.VmSize;
        const string Region = "Whether the region offers it and the account's quota allows it, the service tells only when a pool is made.";
        ConfigFinding finding = VmSize.TryParse(name) switch
        {
            _ when _existing is not null => Finding.Ok($"The pool's machines are {name}."),
            null => Finding.Warning($"{{VmSize}} '{name}' does not look like a size of Azure, such as Standard_D4s_v5. {Region}"),
            { IsRetired: true } => Finding.Error($"{{VmSize}} '{name}' is of a retired series. Take one such as Standard_D4s_v5."),
            { Retirement: { } date } => Finding.Warning($"{{VmSize}} '{name}' is of a series that ends on {date}. {Region}"),
            { Cores: { } cores } => Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"{{VmSize}} '{name}' has {cores} cores by its name. {Region}")),
            _ => Finding.Ok($"{{VmSize}} '{name}' looks like a size of Azure. {Region}"),
        };
        return Task.FromResult<IReadOnlyList<ConfigFinding>>([finding]);
    }

    /// <summary>The worker that would be sent.</summary>
    public Task<IReadOnlyList<ConfigFinding>> WorkerAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Submit.PlanUpload upload = new(services);
        upload.CheckWorker();
        ConfigFinding finding = upload.IsInImage
            ? Finding.Ok($"The worker is taken from {{ContainerImage}} '{Config.ContainerImage}'; only a task can tell whether it is there.")
            : Finding.Ok($"The worker is '{WorkerFile.PathOf(Config, services.Context.WorkerHome)}'.");
        return Task.FromResult<IReadOnlyList<ConfigFinding>>([finding]);
    }

    private static ConfigFinding State(BatchPool pool)
    {
        string nodes = string.Create(
            CultureInfo.InvariantCulture,
            $"{pool.CurrentDedicatedNodes ?? 0} of {pool.TargetDedicatedNodes ?? 0} dedicated and {pool.CurrentSpotNodes ?? 0} of {pool.TargetSpotNodes ?? 0} Spot nodes of {pool.VmSize}, {pool.TaskSlotsPerNode ?? 1} task slots each");
        bool isEmpty = (pool.TargetDedicatedNodes ?? 0) + (pool.TargetSpotNodes ?? 0) == 0 && pool.EnableAutoScale != true;
        return pool.State == BatchPoolState.Deleting ? Finding.Error($"The pool '{pool.Id}' is being deleted. Give another {{PoolId}}, or wait until it is gone.")
            : isEmpty ? Finding.Warning($"The pool '{pool.Id}' has no nodes and does not scale by itself: jobs will wait until it is resized.")
            : Finding.Ok($"The pool '{pool.Id}' is there and will be used as it is: {nodes}.");
    }

    private async Task<IReadOnlyList<ConfigFinding>> NodesAsync(string poolId, CancellationToken cancellationToken)
    {
        List<ConfigFinding> findings = [];
        await foreach (BatchPoolNodeCounts counts in BatchCall.ListAsync(
            "count nodes", services.Batch.Pools.ListNodeCountsAsync($"poolId eq '{poolId}'", cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            int unusable = (counts.Dedicated?.Unusable ?? 0) + (counts.Spot?.Unusable ?? 0);
            int failed = (counts.Dedicated?.StartTaskFailed ?? 0) + (counts.Spot?.StartTaskFailed ?? 0);
            if (unusable > 0)
            {
                findings.Add(Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"{unusable} nodes of the pool '{poolId}' are unusable. Reboot or reimage them.")));
            }

            if (failed > 0)
            {
                findings.Add(Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"The start task failed on {failed} nodes of the pool '{poolId}'. Look at its output in the node's folder 'startup'.")));
            }
        }

        return findings;
    }

    private static string Name(BatchImageReference? image) => image switch
    {
        null => "(unknown)",
        { Publisher: { } publisher } => $"{publisher}:{image.Offer}:{image.Sku}:{image.Version ?? "latest"}",
        _ => image.VirtualMachineImageId ?? image.SharedGalleryImageId ?? image.CommunityGalleryImageId ?? "(unknown)",
    };

    private string Scaling() => Config.ScaleToQueue ? ", as limits of scaling with the queue" : Config.AutoScaleFormula is not null ? ", scaling by the formula" : "";
}
