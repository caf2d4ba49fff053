using System.Globalization;
using Azure;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Submit;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Pools;

/// <summary>Gives runs their pools: an existing one is used as it is, a missing one is made.</summary>
internal sealed class PoolProvision(AzureServices services)
{
    private static readonly string[] UseOfPool = ["id", "state", "poolInfo", "metadata"];

    private AzureBatchConfig Config => services.Config;

    /// <summary>Looks what there is, and chooses the image of what has to be made. Nothing is made yet.</summary>
    /// <exception cref="InvalidInputException">The image cannot be used.</exception>
    /// <exception cref="BatchJobException">The pool cannot be looked at, is going (<c>PoolBeingDeleted</c>), cannot run containers although it
    /// has to (<c>PoolWithoutContainers</c>), or is to have an identity and is not there (<c>PoolForIdentityMissing</c>).</exception>
    public async Task<PoolChoice> ChooseAsync(CancellationToken cancellationToken)
    {
        BatchPool? existing = Config.PoolId is { } id ? await FindAsync(id, cancellationToken).ConfigureAwait(false) : null;
        if (existing is not null)
        {
            Check(existing);
            services.Steps.Detail(Describe(existing));
            return new PoolChoice(existing, null, PoolSlots.Of(existing));
        }

        CheckIdentity();
        ImageChoice image = await ResolveImageAsync(cancellationToken).ConfigureAwait(false);
        foreach (string warning in image.Warnings)
        {
            services.Steps.Warning(warning);
        }

        return new PoolChoice(null, image, PoolSlots.OfNew(Config));
    }

    /// <summary>The pool, or <c>null</c> when the service says that there is none. Any other trouble is an error.</summary>
    public Task<BatchPool?> FindAsync(string poolId, CancellationToken cancellationToken) => BatchCall.FindAsync(
        $"look at the pool '{poolId}'", () => services.Batch.Pools.GetAsync(poolId, cancellationToken: cancellationToken), cancellationToken);

    /// <summary>The image that a pool would be made from.</summary>
    public async Task<ImageChoice> ResolveImageAsync(CancellationToken cancellationToken)
    {
        List<BatchSupportedImage> supported = [];
        if (Config.ImageReference?.StartsWith('/') != true)
        {
            services.Steps.Detail("Asking which images the service supports.");
            await foreach (BatchSupportedImage image in BatchCall.ListAsync(
                "list the images it supports", services.Batch.Images.ListAsync(cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                supported.Add(image);
            }
        }

        return ImageChoice.Resolve(Config, supported, services.Time.GetUtcNow());
    }

    /// <summary>Makes the pool if there is none, and says how a job names it.</summary>
    /// <param name="choice">What was chosen.</param>
    /// <param name="record">The job that it is for.</param>
    /// <param name="expectedTasks">The job's tasks.</param>
    /// <param name="submissionId">Whose it is.</param>
    /// <param name="claim">The submission's claim on the job.</param>
    /// <param name="rollback">Learns how to take back what was made.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<BatchPoolInfo> ProvideAsync(
        PoolChoice choice, JobRecord record, int expectedTasks, string submissionId, SubmissionClaim claim, SubmissionRollback rollback, CancellationToken cancellationToken)
    {
        if (choice.Existing is { } existing)
        {
            if (record.MadePool)
            {
                await AdoptAsync(existing, record.Id, submissionId, cancellationToken).ConfigureAwait(false);
            }

            return new BatchPoolInfo { PoolId = existing.Id };
        }

        PoolBuilder builder = new(Config, choice.Image!, services.RegistryPassword);
        if (Config.PoolId is not { } id)
        {
            services.Steps.Detail($"The job brings a pool of its own along: {Machines()}.");
            return builder.Auto(record.Id, expectedTasks);
        }

        services.Steps.Detail($"Making the pool '{id}': {Machines()}.");
        rollback.Add($"pool '{id}'", token => DeleteIfOursAsync(id, submissionId, claim, token));
        BatchMetadataItem[] metadata = [new(JobLayout.JobMetadata, record.Id), new(JobLayout.SubmissionMetadata, submissionId)];
        BatchPoolCreateOptions pool = builder.Standing(id, expectedTasks, metadata);
        await BatchCall.RunAsync($"make the pool '{id}'", () => CreateAsync(pool, submissionId, cancellationToken), cancellationToken, record.Id).ConfigureAwait(false);
        return new BatchPoolInfo { PoolId = id };
    }

    private async Task<bool> CreateAsync(BatchPoolCreateOptions pool, string submissionId, CancellationToken cancellationToken)
    {
        try
        {
            await services.Batch.Pools.CreateAsync(pool, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException error) when (error.ErrorCode == "PoolExists")
        {
            // An attempt whose answer was lost may have made it; or someone else has, and meant it for use.
            if (await IsOursAsync(pool.Id, submissionId, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            services.Steps.Detail($"The pool '{pool.Id}' was made by someone else meanwhile; it is used as it is.");
            return false;
        }
    }

    private async Task<bool> IsOursAsync(string poolId, string submissionId, CancellationToken cancellationToken)
    {
        BatchPool pool = (await services.Batch.Pools.GetAsync(poolId, ["id", "metadata"], cancellationToken).ConfigureAwait(false)).Value;
        return pool.Metadata?.Any(item => item.Name == JobLayout.SubmissionMetadata && item.Value == submissionId) == true;
    }

    // A submission that made the pool and was cut off would delete it when it wakes up. With another owner's id, and therefore another version,
    // it is none of that one's any more.
    private async Task AdoptAsync(BatchPool pool, string jobId, string submissionId, CancellationToken cancellationToken)
    {
        BatchPoolUpdateOptions owner = new()
        {
            Metadata =
            [
                .. (pool.Metadata ?? []).Where(item => item.Name is not (JobLayout.JobMetadata or JobLayout.SubmissionMetadata)),
                new(JobLayout.JobMetadata, jobId),
                new(JobLayout.SubmissionMetadata, submissionId),
            ],
        };
        await BatchCall.RunAsync(
            $"take over the pool '{pool.Id}'", () => services.Batch.Pools.UpdateAsync(pool.Id, owner, cancellationToken: cancellationToken), cancellationToken, jobId).ConfigureAwait(false);
    }

    private async Task<bool> DeleteIfOursAsync(string poolId, string submissionId, SubmissionClaim claim, CancellationToken cancellationToken)
    {
        BatchPool? pool = await FindAsync(poolId, cancellationToken).ConfigureAwait(false);
        if (pool?.Metadata?.Any(item => item.Name == JobLayout.SubmissionMetadata && item.Value == submissionId) == true
            && await claim.IsHeldAsync(cancellationToken).ConfigureAwait(false)
            && !await IsInUseAsync(poolId, submissionId, cancellationToken).ConfigureAwait(false))
        {
            await BatchCall.EndAsync(
                $"delete the pool '{poolId}'", () => services.Batch.Pools.DeleteAsync(poolId, IfSame(pool), cancellationToken), cancellationToken).ConfigureAwait(false);
            return true;
        }

        return false;
    }

    private static RequestConditions? IfSame(BatchPool pool) => pool.ETag is { } version ? new RequestConditions { IfMatch = version } : null;

    // Someone else may have found the pool meanwhile, and counts on it.
    private async Task<bool> IsInUseAsync(string poolId, string submissionId, CancellationToken cancellationToken)
    {
        await foreach (BatchJob job in BatchCall.ListAsync(
            "list jobs", services.Batch.Jobs.ListAsync("state eq 'active'", UseOfPool, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            bool isMine = job.Metadata?.Any(item => item.Name == JobLayout.SubmissionMetadata && item.Value == submissionId) == true;
            if (!isMine && string.Equals(job.PoolInfo?.PoolId, poolId, StringComparison.OrdinalIgnoreCase))
            {
                services.Steps.Detail($"The pool '{poolId}' stays: the job '{job.Id}' uses it.");
                return true;
            }
        }

        return false;
    }

    // The Batch service makes pools without identities; such a pool would fail every task at its first file.
    private void CheckIdentity()
    {
        (string? identity, string parameter) = Config.NodeIdentityId is { } node ? (node, "NodeIdentityId") : (Config.RegistryIdentityId, "RegistryIdentityId");
        if (identity is not null)
        {
            throw new BatchJobException(
                "PoolForIdentityMissing",
                $"{{PoolId}} '{Config.PoolId}' is not there, and a pool made here could not have the identity '{identity}' of {{{parameter}}}. Make the pool with it beforehand, through the portal or a template, or leave {{{parameter}}} out.");
        }
    }

    private void Check(BatchPool pool)
    {
        if (pool.State == BatchPoolState.Deleting)
        {
            throw new BatchJobException(
                ErrorIds.PoolBeingDeleted, $"{{PoolId}} '{pool.Id}' is being deleted. Give another id, or wait until it is gone, so that it is made anew.");
        }

        if (Config.ContainerImage is { } image && pool.VirtualMachineConfiguration?.ContainerConfiguration is null)
        {
            throw new BatchJobException(
                "PoolWithoutContainers",
                $"{{PoolId}} '{pool.Id}' was made without containers, and {{ContainerImage}} '{image}' needs them. Give the id of another pool, or leave {{ContainerImage}} out.");
        }

        foreach (BatchResizeError error in pool.ResizeErrors ?? [])
        {
            services.Steps.Warning($"{{PoolId}} '{pool.Id}' did not reach its size: {error.Code}. {BatchFailure.Redact(error.Message ?? "")}".TrimEnd());
        }

        bool isEmpty = (pool.TargetDedicatedNodes ?? 0) + (pool.TargetSpotNodes ?? 0) == 0 && pool.EnableAutoScale != true;
        if (isEmpty)
        {
            services.Steps.Warning($"{{PoolId}} '{pool.Id}' has no nodes and does not scale by itself: the job will wait until it is resized.");
        }
    }

    private static string Describe(BatchPool pool) => string.Create(
        CultureInfo.InvariantCulture,
        $"Using the existing pool '{pool.Id}' as it is: {pool.CurrentDedicatedNodes ?? 0} dedicated and {pool.CurrentSpotNodes ?? 0} Spot nodes of {pool.VmSize}, {pool.TaskSlotsPerNode ?? 1} task slots each{(pool.EnableAutoScale == true ? ", scaling by a formula" : "")}.");

    private string Machines() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Config.AutoScaleFormula is not null ? "nodes by a formula" : $"{(Config.ScaleToQueue ? "up to " : "")}{Config.DedicatedNodeCount} dedicated and {Config.SpotNodeCount} Spot nodes")} of {Config.VmSize}, {PoolSlots.PerNode(Config)} task slots each");
}
