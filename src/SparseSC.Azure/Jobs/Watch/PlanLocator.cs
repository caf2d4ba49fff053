using SparseSC.Azure.Storage;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Finds the batch directory that results go to, and brings the plan there from storage when it is not on this machine.</summary>
internal sealed class PlanLocator(AzureServices services)
{
    /// <summary>The plan in its directory.</summary>
    /// <param name="record">The job.</param>
    /// <param name="batchDirectory">The directory; <c>null</c> takes the one the job was started from.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="BatchPlanException">The directory holds no plan, a damaged one, or another one (<c>PlanMismatch</c>).</exception>
    /// <exception cref="BatchJobException">The directory is not on this machine (<c>BatchDirectoryMissing</c>), or the plan is not in
    /// storage any more (<c>PlanInputsMissing</c>).</exception>
    public async Task<BatchPlan> FindAsync(JobRecord record, string? batchDirectory, CancellationToken cancellationToken)
    {
        if (batchDirectory is null && !Directory.Exists(record.BatchDirectory))
        {
            throw new BatchJobException(
                ErrorIds.BatchDirectoryMissing,
                $"The batch directory '{record.BatchDirectory}' of the job '{record.Id}' is not on this machine. Give a {{BatchDirectory}}; when it does not exist, the plan is brought there from storage.",
                record.Id);
        }

        string directory = Path.GetFullPath(batchDirectory ?? record.BatchDirectory);
        if (IsEmpty(directory))
        {
            await RestoreAsync(record, directory, cancellationToken).ConfigureAwait(false);
        }

        BatchPlan plan = await Task.Run(() => BatchPlans.Load(directory), cancellationToken).ConfigureAwait(false);
        return plan.Hash == record.PlanHash
            ? plan
            : throw new BatchPlanException(
                "PlanMismatch", $"'{directory}' holds another plan than the job '{record.Id}' was started for ({plan.Hash[..8]}…, not {record.PlanHash[..8]}…). Give another {{BatchDirectory}}.");
    }

    private static bool IsEmpty(string directory) => !Directory.Exists(directory) || !Directory.EnumerateFileSystemEntries(directory).Any();

    // Beside the directory first: a download that is cut off must not leave half a plan where the next one would look for a whole one.
    private async Task RestoreAsync(JobRecord record, string directory, CancellationToken cancellationToken)
    {
        services.Steps.Detail($"Bringing the plan from storage to '{directory}'.");
        string beside = $"{Path.TrimEndingDirectorySeparator(directory)}.{Guid.NewGuid():N}.part";
        try
        {
            await DownloadAsync(record, beside, cancellationToken).ConfigureAwait(false);
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory);
            }

            Directory.Move(beside, directory);
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    private async Task DownloadAsync(JobRecord record, string directory, CancellationToken cancellationToken)
    {
        BlobDownload download = await services.Inputs.DownloadAsync(record.Inputs, directory, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (download.Refused is [var refused, ..])
        {
            throw new BatchJobException(ErrorIds.PlanInputsMissing, $"'{refused.BlobName}' of the plan was not taken: {refused.Reason} Start the job again from its batch directory.", record.Id);
        }

        if (download.Received.Count == 0)
        {
            throw new BatchJobException(
                ErrorIds.PlanInputsMissing, $"The plan of the job '{record.Id}' is not in {services.Inputs} any more. Give the {{BatchDirectory}} that the job was started from.", record.Id);
        }
    }
}
