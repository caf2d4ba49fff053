using SparseSC.Azure.Jobs.Pools;
using SparseSC.Azure.Jobs.Remove;
using SparseSC.Azure.Jobs.Submit;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Brings results, or the model that was merged on a node, into a batch directory; then removes what the configuration says.</summary>
internal sealed class ResultCollector(AzureServices services, JobCleanup cleanup)
{
    private const int DiagnosedAtOnce = 16;

    // A note with this id was made here from what became of the task, and not by the worker: it is made anew by every look.
    private const string Diagnosed = "BatchTaskFailed";

    private readonly PlanLocator _place = new(services);
    private readonly ResultBlobs _results = new(services);
    private readonly JobSurveyor _surveyor = new(services);
    private readonly TaskExplanation _words = new(services);

    /// <summary>Brings the results that exist and says what is missing and why.</summary>
    public async Task<BatchResults> CollectAsync(JobRecord record, string? batchDirectory, CancellationToken cancellationToken)
    {
        BatchPlan plan = await _place.FindAsync(record, batchDirectory, cancellationToken).ConfigureAwait(false);
        List<RefusedBlob> refused = [];
        bool isMerged = record.MergeOnNode && await DownloadFitAsync(record, plan, refused, cancellationToken).ConfigureAwait(false);
        if (!isMerged)
        {
            refused.AddRange((await _results.DownloadAsync(record, plan, cancellationToken).ConfigureAwait(false)).Refused);
        }

        BatchResults results = await Task.Run(() => ResultFiles.Survey(plan), cancellationToken).ConfigureAwait(false);
        results.JobId = record.Id;
        results.Config = services.Config;
        results.Invalid = [.. results.Invalid, .. refused.Select(blob => new InvalidResult { File = blob.BlobName, Reason = blob.Reason })];
        if (!results.IsComplete)
        {
            await ExplainAsync(record, plan, results, cancellationToken).ConfigureAwait(false);
            return results;
        }

        // The model stands for all results, which stay where they were merged.
        bool isModelAlone = results.FitFile is not null && results.Missing.Length > 0;
        if (isModelAlone)
        {
            (results.Done, results.Missing, results.Failed, results.Message) = (results.Tasks, [], [], "");
        }

        await TellCostAsync(record, cancellationToken).ConfigureAwait(false);
        await CleanUpAsync(record, plan, isModelAlone, cancellationToken).ConfigureAwait(false);
        return results;
    }

    private async Task TellCostAsync(JobRecord record, CancellationToken cancellationToken)
    {
        try
        {
            JobSurvey survey = await _surveyor.FindJobsAsync(record, full: true, cancellationToken).ConfigureAwait(false);
            if (MachineTime.Of(survey.Tasks, PoolSlots.PerNode(services.Config)) is { } time)
            {
                services.Steps.Detail(CostEstimate.After(time.Machines, time.Paid, time.Computed, services.Config));
            }
        }
        catch (BatchJobException error)
        {
            // The results are here, and that is what was asked for.
            services.Steps.Detail($"What the job cost cannot be told: {error.Message}");
        }
    }

    private async Task<bool> DownloadFitAsync(JobRecord record, BatchPlan plan, List<RefusedBlob> refused, CancellationToken cancellationToken)
    {
        BlobDownload download = await _results.DownloadFitAsync(record, plan, cancellationToken).ConfigureAwait(false);
        refused.AddRange(download.Refused);
        return download.Received.Count > 0 && await Task.Run(plan.ReadFit, cancellationToken).ConfigureAwait(false) is not null;
    }

    // What is missing is worth nothing without the reason: by the worker's note where it left one, else by what became of the task.
    private async Task ExplainAsync(JobRecord record, BatchPlan plan, BatchResults results, CancellationToken cancellationToken)
    {
        JobSurvey survey = await _surveyor.FindJobsAsync(record, full: true, cancellationToken).ConfigureAwait(false);
        plan.ForgetFailures(results.Failed.Where(failure => failure.ErrorId == Diagnosed).Select(failure => failure.Task));
        TaskFailure[] noted = [.. results.Failed.Where(failure => failure.ErrorId != Diagnosed && survey.Ledger.LatestOf(failure.Task) is null or { IsOver: true })];
        HashSet<int> known = [.. noted.Select(failure => failure.Task)];
        int[] unexplained = [.. results.Missing.Where(task => !known.Contains(task) && survey.Ledger.LatestOf(task)?.Failed == true)];
        Dictionary<RunTask, string> diagnoses = [];
        foreach (RunTask[] several in unexplained.Select(task => survey.Ledger.LatestOf(task)!).Distinct().Chunk(DiagnosedAtOnce))
        {
            string[] words = await Task.WhenAll(several.Select(task => _words.DescribeAsync(survey, task, cancellationToken))).ConfigureAwait(false);
            foreach ((RunTask task, string said) in several.Zip(words))
            {
                diagnoses[task] = $"{survey.Ledger.NameOf(task)}: {said}";
            }
        }

        results.Failed =
        [
            .. noted.Concat(unexplained.Select(task => new TaskFailure { Task = task, ErrorId = Diagnosed, Message = diagnoses[survey.Ledger.LatestOf(task)!] }))
                .OrderBy(failure => failure.Task),
        ];
        plan.NoteFailures(results.Failed.Where(failure => failure.ErrorId == Diagnosed));
        int underway = results.Missing.Count(task => survey.Ledger.LatestOf(task)?.IsOver == false && survey.Live is not null);
        results.Message = MissingResults.Describe(plan, new PlanStatus
        {
            Tasks = results.Tasks, Missing = results.Missing, Failed = results.Failed, Invalid = results.Invalid,
        }) + (underway == 0 ? "" : $" The job still has {underway} of them to do.");
    }

    private async Task CleanUpAsync(JobRecord record, BatchPlan plan, bool isModelAlone, CancellationToken cancellationToken)
    {
        AzureBatchConfig config = services.Config;
        if (!config.RemoveJobWhenDone && !config.RemoveContainerWhenDone && !config.RemovePoolWhenDone)
        {
            return;
        }

        try
        {
            await new BatchRuns(services).EndAsync(await new BatchRuns(services).OpenAsync(record, cancellationToken).ConfigureAwait(false), "ResultsReceived", cancellationToken).ConfigureAwait(false);
            BatchJobRemoval what = new()
            {
                Job = config.RemoveJobWhenDone,
                Container = config.RemoveContainerWhenDone,
                Pool = config.RemovePoolWhenDone,
                ReceivedInto = plan.Directory,

                // The model stands for the results it was made from.
                Force = isModelAlone,
            };
            await cleanup.RemoveAsync(record, what, cancellationToken).ConfigureAwait(false);
        }
        catch (SparseSCException error)
        {
            // The results are here; that something could not be removed must not take them away.
            services.Steps.Warning($"The results are received, but not everything could be removed: {error.Message}");
        }
    }
}
