using System.Globalization;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Submit;
using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Azure.Jobs;

/// <summary>The metadata by which a run names its job in the Batch service, so that a record that was lost can be made again.</summary>
internal static class RunMetadata
{
    // Nothing is written of how long a value may be; ranges that are longer than this are found out from the results again.
    private const int LongestRanges = 1000;

    /// <summary>The metadata of a run that is to be submitted.</summary>
    public static IReadOnlyList<BatchMetadataItem> Of(RunPlan run)
    {
        JobRecord record = run.Record;
        List<BatchMetadataItem> items =
        [
            new(JobLayout.JobMetadata, record.Id),
            new(JobLayout.PlanMetadata, record.PlanHash),
            new(JobLayout.ContainerMetadata, run.Run.Container),
            new(JobLayout.SubmissionMetadata, run.SubmissionId),
            new(JobLayout.TasksMetadata, record.Tasks.ToString(CultureInfo.InvariantCulture)),
            new(JobLayout.InputsMetadata, record.Inputs),
            new(JobLayout.DirectoryMetadata, record.BatchDirectory),
        ];
        if (record.Steps.Count > 0)
        {
            items.Add(new(JobLayout.StepsMetadata, string.Join(',', record.Steps)));
            items.Add(new(JobLayout.MergeMetadata, record.MergeOnNode ? "true" : "false"));
        }

        if (record.WorkerSha256 is { } worker)
        {
            items.Add(new(JobLayout.WorkerMetadata, worker));
        }

        if (record.DoneBefore.Length is > 0 and <= LongestRanges)
        {
            items.Add(new(JobLayout.DoneMetadata, record.DoneBefore));
        }

        return items;
    }

    /// <summary>The record of a job by its runs; <c>null</c> when they do not say enough, or belong to another home container.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="runs">The service's jobs that name it.</param>
    /// <param name="config">The settings.</param>
    public static JobRecord? ToRecord(string jobId, IEnumerable<BatchJob> runs, AzureBatchConfig config)
    {
        BatchJob[] ordered = [.. runs.Where(run => IsOfHome(run, config)).OrderBy(run => run.Id.Length).ThenBy(run => run.Id, StringComparer.Ordinal)];
        if (ordered.Length == 0)
        {
            return null;
        }

        BatchJob last = ordered[^1];
        return BatchRuns.MetadataOf(last, JobLayout.PlanMetadata) is { } plan
            && BatchRuns.MetadataOf(last, JobLayout.InputsMetadata) is { } inputs
            && int.TryParse(BatchRuns.MetadataOf(last, JobLayout.TasksMetadata), NumberStyles.None, CultureInfo.InvariantCulture, out int tasks)
            ? new JobRecord
            {
                Id = jobId,
                PlanHash = plan,
                Tasks = tasks,
                BatchDirectory = BatchRuns.MetadataOf(last, JobLayout.DirectoryMetadata) ?? "",
                Created = ordered[0].CreationTime ?? DateTimeOffset.UnixEpoch,
                Inputs = inputs,
                PoolId = ordered.Select(run => run.PoolInfo?.PoolId).LastOrDefault(id => id is not null),
                Steps = StepsOf(last, tasks),

                // Tasks that merge are not the only ones that wait for others, so a run with steps says it.
                MergeOnNode = BatchRuns.MetadataOf(last, JobLayout.MergeMetadata) is { } merges ? merges == "true" : last.UsesTaskDependencies == true,
                WorkerSha256 = BatchRuns.MetadataOf(last, JobLayout.WorkerMetadata),
                DoneBefore = BatchRuns.MetadataOf(last, JobLayout.DoneMetadata) ?? "",
                Runs = [.. ordered.Select(run => new JobRun(run.Id, BatchRuns.MetadataOf(run, JobLayout.ContainerMetadata)!))],
            }
            : null;
    }

    private static int[] StepsOf(BatchJob run, int tasks)
    {
        string[] texts = (BatchRuns.MetadataOf(run, JobLayout.StepsMetadata) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        int[] steps = [.. texts.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0)];
        return steps.All(count => count > 0) && steps.Sum(count => (long)count) == tasks ? steps : [];
    }

    // An account may hold jobs of several home containers, whose records are not lost, but elsewhere.
    private static bool IsOfHome(BatchJob run, AzureBatchConfig config) =>
        BatchRuns.MetadataOf(run, JobLayout.SubmissionMetadata) is { Length: >= StorageValidator.RunDigits } submission
        && BatchRuns.MetadataOf(run, JobLayout.ContainerMetadata) == JobLayout.OutputsContainer(config, submission);
}
