using System.Globalization;
using System.Security.Cryptography;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs;

/// <summary>Names of everything a job has in Azure.</summary>
/// <remarks>
/// <code>
/// {home}             jobs/{job id}/job.json                   the job's record (see JobRecord)
///                    jobs/{job id}/claim                      whose lease is the right to submit (see SubmissionClaim)
///                    plans/{plan}/jobs/{job id}               an empty mark: this job is of this plan
///                    plans/{plan}/outputs/{container}         an empty mark: results of this plan lie there
/// {home}-inputs      workers/{sha256}/sparsesc                the worker, once per version
///                    plans/{submission}/{file}                what the tasks of a job read
/// {home}-{run}       results/{batch job}.{task id}.json       what a task of the run computed
///                    merged.json                              the model, when it was merged on a node
///                    logs/{task id}/run-{n}/{stream}.txt      what a task wrote
/// </code>
/// The home is the container of the configuration, or <see cref="DefaultHome"/>. Nodes can read single blobs of the inputs and write into
/// the container of their own run; nothing that another run, another job or a person relies on lies where a node can write.
/// Names carry the id of the submission that made them, so that no two submissions ever share what one of them may take back.
/// </remarks>
internal static class JobLayout
{
    /// <summary>The home container when the configuration names none.</summary>
    public const string DefaultHome = "sparsesc";

    /// <summary>The name in a Batch job's metadata of the record's id.</summary>
    public const string JobMetadata = "sparsesc-job";

    /// <summary>The name in a Batch job's metadata of the plan's hash.</summary>
    public const string PlanMetadata = "sparsesc-plan";

    /// <summary>The name in a Batch job's metadata of the container that its tasks write to.</summary>
    public const string ContainerMetadata = "sparsesc-container";

    /// <summary>The name in a Batch job's metadata of the number of the plan's tasks.</summary>
    public const string TasksMetadata = "sparsesc-tasks";

    /// <summary>The name in a Batch job's metadata of how many tasks each step of the plan has.</summary>
    public const string StepsMetadata = "sparsesc-steps";

    /// <summary>The name in a Batch job's metadata of whether a task merges.</summary>
    public const string MergeMetadata = "sparsesc-merge";

    /// <summary>The name in a Batch job's metadata of the folder of the plan's files in the container of inputs.</summary>
    public const string InputsMetadata = "sparsesc-inputs";

    /// <summary>The name in a Batch job's metadata of the batch directory as it was called where the job was started.</summary>
    public const string DirectoryMetadata = "sparsesc-directory";

    /// <summary>The name in a Batch job's metadata of the worker's SHA-256.</summary>
    public const string WorkerMetadata = "sparsesc-worker";

    /// <summary>The name in a Batch job's metadata of plan tasks that were done before it.</summary>
    public const string DoneMetadata = "sparsesc-done";

    /// <summary>The name in a job's or pool's metadata of the submission that made it, by which a repeated create knows its own.</summary>
    public const string SubmissionMetadata = "sparsesc-submission";

    /// <summary>The id of the task that merges on a node.</summary>
    public const string MergeTask = "merge";

    /// <summary>Id of the preparation that brings the worker to a node.</summary>
    public const string PreparationTask = "worker";

    /// <summary>The longest id that the service takes for a job or a task.</summary>
    public const int LongestId = 64;

    /// <summary>The longest id of a job: there has to be room for the suffix of a further run.</summary>
    public const int LongestJobId = LongestId - 6;

    /// <summary>The folder of results in a run's container.</summary>
    public const string ResultsFolder = PlanLayout.ResultsFolder + "/";

    /// <summary>The model that was merged on a node, in a run's container.</summary>
    public const string FitBlob = PlanLayout.FitFile;

    private const string InputsSuffix = "-inputs";
    private const int PlanDigits = 24;

    public static string HomeContainer(AzureBatchConfig config) => config.ContainerName ?? DefaultHome;

    public static string InputsContainer(AzureBatchConfig config) => HomeContainer(config) + InputsSuffix;

    /// <summary>The container that the run of a submission writes to.</summary>
    public static string OutputsContainer(AzureBatchConfig config, string submissionId) => $"{HomeContainer(config)}-{submissionId[..StorageValidator.RunDigits]}";

    public static string WorkerBlob(string sha256) => $"workers/{sha256}/sparsesc";

    public static string RecordBlob(string jobId) => $"jobs/{jobId}/job.json";

    public static string ClaimBlob(string jobId) => $"jobs/{jobId}/claim";

    /// <summary>The folder of the plan's files that a submission brings into storage.</summary>
    public static string InputsFolder(string submissionId) => $"plans/{submissionId}/";

    /// <summary>
    /// The result of a task, in its run's container. The run is part of its name, because it becomes the name of a file in the results
    /// folder of a batch directory; with a dot, which no id holds.
    /// </summary>
    public static string ResultBlob(string batchJobId, string taskId) => $"{ResultsFolder}{batchJobId}.{taskId}.json";

    /// <summary>Results that were there before a run, brought from elsewhere.</summary>
    public static string EarlierResultsBlob(string batchJobId) => ResultBlob(batchJobId, "before");

    /// <summary>The folder of the marks of a plan's jobs in the home container.</summary>
    public static string PlanJobsFolder(string planHash) => $"plans/{planHash[..PlanDigits]}/jobs/";

    public static string PlanJobMark(string planHash, string jobId) => PlanJobsFolder(planHash) + jobId;

    /// <summary>The folder of the marks of containers with a plan's results in the home container.</summary>
    public static string PlanOutputsFolder(string planHash) => $"plans/{planHash[..PlanDigits]}/outputs/";

    public static string PlanOutputMark(string planHash, string container) => PlanOutputsFolder(planHash) + container;

    public static string LogFolder(string taskId) => $"logs/{taskId}/";

    /// <summary>The folder of the streams of a task's n-th run of its own; restarts count them up.</summary>
    public static string LogRunFolder(string taskId, int run) => string.Create(CultureInfo.InvariantCulture, $"{LogFolder(taskId)}run-{run}");

    /// <summary>The id of a job's n-th run as a job of the service; the first run has the job's own.</summary>
    public static string RunId(string jobId, int run) => run == 1 ? jobId : string.Create(CultureInfo.InvariantCulture, $"{jobId}_r{run}");

    /// <summary>The id of the n-th group of tasks, from 0.</summary>
    public static string TaskId(int group) => string.Create(CultureInfo.InvariantCulture, $"group-{group:D6}");

    /// <summary><c>name-yyyyMMddTHHmm-xxxx</c>, with the batch directory's name and the time in UTC.</summary>
    public static string NewJobId(string batchDirectory, TimeProvider time)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(batchDirectory));
        string stem = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        string tail = string.Create(
            CultureInfo.InvariantCulture, $"-{time.GetUtcNow():yyyyMMdd'T'HHmm}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
        stem = stem.Length == 0 ? "job" : stem[..Math.Min(stem.Length, LongestJobId - tail.Length)];
        return stem + tail;
    }

    public static bool IsValidJobId(string jobId) =>
        jobId.Length is > 0 and <= LongestJobId && jobId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
