using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs.Tasks;

/// <summary>Makes the definitions of a run's tasks.</summary>
/// <param name="config">The settings.</param>
/// <param name="batchJobId">The run's id as a job of the service.</param>
/// <param name="files">What tasks read and where they write.</param>
/// <param name="registry">The registry to sign in to for the container image, when the pool does not know it.</param>
/// <param name="limit">The longest time for a group when the settings give none; <c>null</c> for any.</param>
internal sealed class TaskBuilder(
    AzureBatchConfig config, string batchJobId, RunFiles files, BatchContainerRegistry? registry = null, TimeSpan? limit = null)
{
    private const int FirstLogRun = 1;

    // Results and logs are in storage when a task is over. Its files stay for whoever looks on just then, and no longer: with the service's
    // seven days a small disk is full after a thousand tasks.
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    /// <summary>The preparation that brings the worker and the plan to a node, once for all tasks that the node runs; <c>null</c> when there is nothing to bring.</summary>
    /// <remarks>
    /// Fetching them can take longer than a task. The command does nothing: a node that cannot run the worker shall
    /// say so by its tasks, each of which tells why, and not by a preparation, for which they would wait for ever.
    /// </remarks>
    public BatchJobPreparationTask? Preparation() => files.Worker is null ? null : new BatchJobPreparationTask
    {
        Id = JobLayout.PreparationTask,
        CommandLine = "/bin/sh -c \"exit 0\"",
        ResourceFiles = HasOwnCommand ? [files.Worker] : [files.Worker, .. files.Inputs],
        WaitForSuccess = true,
    };

    /// <summary>The task of one group.</summary>
    /// <param name="number">The group's number in the run, from 0.</param>
    /// <param name="planTasks">The plan's tasks, ascending.</param>
    /// <param name="beforeMerge">Whether a merging task waits for it.</param>
    /// <param name="order">Which groups wait for which; <c>null</c> when none does.</param>
    public BatchTaskCreateOptions Group(int number, int[] planTasks, bool beforeMerge, GroupOrder? order = null)
    {
        string id = JobLayout.TaskId(number);
        string indices = IndexRanges.Format(planTasks);
        IReadOnlyList<BatchResourceFile> results = order is null ? [] : ResultsFor(number, order);

        // A command of one's own looks for worker and plan where its task runs, and a container may not see what the node was prepared with.
        IReadOnlyList<BatchResourceFile> inputs = [.. files.Worker is not { } worker ? files.Inputs : HasOwnCommand ? [worker, .. files.Inputs] : [], .. results];
        string command = TaskCommand.ForGroup(config, files.WorkerSha256, indices, results.Count > 0);
        return Task(id, indices, command, inputs.Count > 0 ? inputs : null, config.MaxTaskRetryCount) with
        {
            // Of an attempt that succeeds the streams say all. One that fails may be followed by another, whose streams replace its own.
            OutputFiles =
            [
                Output(TaskCommand.ResultFile, JobLayout.ResultBlob(batchJobId, id), BatchOutputFileUploadCondition.TaskCompletion),
                Logs(id, "../std*.txt"),
                Logs(id, $"{TaskCommand.LogFolder}/*.txt", BatchOutputFileUploadCondition.TaskFailure),
            ],
            ExitConditions = beforeMerge || order?.IsWaitedFor(number) == true ? GoOnAnyway : null,
            DependsOn = order is null ? null : WaitFor(order.Before(number)),
        };
    }

    /// <summary>The task that makes the final fit when all others are over.</summary>
    /// <param name="groups">The groups after which all are over.</param>
    public BatchTaskCreateOptions Merge(IReadOnlyList<int> groups)
    {
        IReadOnlyList<BatchResourceFile> inputs = [.. files.Inputs, .. files.Results];
        return Task(JobLayout.MergeTask, "", TaskCommand.ForMerge(files.WorkerSha256), inputs, 0) with
        {
            OutputFiles = [Output(TaskCommand.FitFile, JobLayout.FitBlob, BatchOutputFileUploadCondition.TaskSuccess), Logs(JobLayout.MergeTask, "../std*.txt")],
            DependsOn = WaitFor(groups),
        };
    }

    // Of a choice that this run makes, its blob alone: scores are many, and each of them would be fetched by each group.
    private IReadOnlyList<BatchResourceFile> ResultsFor(int group, GroupOrder order) =>
        order.ChoiceOf(group) is int choice && files.OwnResults is { } own
            ? [own with { BlobPrefix = JobLayout.ResultBlob(batchJobId, JobLayout.TaskId(choice)) }]
            : order.IsChoice(group) || order.ReadsChoice(group) ? files.Results : [];

    private static BatchTaskDependencies? WaitFor(IReadOnlyList<int> groups) =>
        groups.Count == 0 ? null : new BatchTaskDependencies { TaskIds = [.. groups.Select(JobLayout.TaskId)] };

    // A task that waits for one that failed would wait for ever, and the job with it. It runs instead, and says what is missing.
    private static BatchExitConditions GoOnAnyway
    {
        get
        {
            BatchExitOptions satisfy = new() { DependencyAction = BatchDependencyAction.Satisfy };
            return new BatchExitConditions { PreProcessingError = satisfy, FileUploadError = satisfy, Default = satisfy };
        }
    }

    private bool HasOwnCommand => !string.IsNullOrEmpty(config.CommandLine);

    private BatchTaskCreateOptions Task(string id, string name, string command, IReadOnlyList<BatchResourceFile>? inputs, int retries) => new()
    {
        Id = id,
        DisplayName = name.Length > 0 ? name : id,
        CommandLine = command,
        ResourceFiles = inputs,
        Constraints = new BatchTaskConstraints
        {
            MaxTaskRetryCount = retries,
            MaxWallClockTime = config.MaxWallClockTime ?? limit,
            RetentionTime = Retention,
        },
        ContainerSettings = config.ContainerImage is null ? null : new BatchTaskContainerSettings
        {
            ImageName = config.ContainerImage,
            Registry = registry,
            WorkingDirectory = BatchContainerWorkingDirectory.TaskWorkingDirectory,
        },
    };

    private BatchOutputFile Logs(
        string taskId, string pattern, BatchOutputFileUploadCondition condition = BatchOutputFileUploadCondition.TaskCompletion) =>
        Output(pattern, JobLayout.LogRunFolder(taskId, FirstLogRun), condition);

    private BatchOutputFile Output(string pattern, string path, BatchOutputFileUploadCondition condition) => new()
    {
        FilePattern = pattern,
        Destination = new BatchOutputFileDestination(files.Outputs with { Path = path }),
        UploadOptions = new BatchOutputFileUploadOptions(condition),
    };
}
