using System.Globalization;
using System.Security.Cryptography;
using SparseSC.Core.Jobs.Azure;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs;

/// <summary>Names of everything a job has in Azure.</summary>
/// <remarks>
/// <code>
/// home container   workers/{sha256}/sparsesc            the worker, once per version
///                  jobs/{job id}/job.json               the job's record (see JobRecord)
///                  plans/{plan}/jobs/{job id}           an empty mark: this job is of this plan
/// plan container   plans/{plan}/inputs/{file}           what a task reads
///                  plans/{plan}/results/{batch job}.{task id}.json   what a task computed
///                  plans/{plan}/merged.json             the model, when it was merged on a node
///                  plans/{plan}/logs/{batch job}/{task id}/run-{n}/{stream}.txt
/// </code>
/// Both are the container of the configuration when it names one; otherwise the home is <see cref="DefaultHome"/>, and every plan
/// has a container of its own. Results lie by plan, not by job, so that a second job of the plan computes only what the first has left.
/// </remarks>
internal static class JobLayout
{
    /// <summary>The container of workers and records when the configuration names none.</summary>
    public const string DefaultHome = "sparsesc";

    /// <summary>The name in a Batch job's metadata of the record's id.</summary>
    public const string JobMetadata = "sparsesc-job";

    /// <summary>The name in a Batch job's metadata of the plan's hash.</summary>
    public const string PlanMetadata = "sparsesc-plan";

    /// <summary>The name in a Batch job's metadata of the container of inputs and results.</summary>
    public const string ContainerMetadata = "sparsesc-container";

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
    private const int PlanDigits = 24;

    public static string HomeContainer(AzureBatchConfig config) => config.ContainerName ?? DefaultHome;

    public static string PlanContainer(AzureBatchConfig config, string planHash) => config.ContainerName ?? $"{DefaultHome}-{planHash[..PlanDigits]}";

    public static string WorkerBlob(string sha256) => $"workers/{sha256}/sparsesc";

    public static string RecordBlob(string jobId) => $"jobs/{jobId}/job.json";

    public static string InputsFolder(string planHash) => $"{PlanFolder(planHash)}inputs/";

    public static string InputBlob(string planHash, string file) => InputsFolder(planHash) + file;

    public static string ResultsFolder(string planHash) => $"{PlanFolder(planHash)}results/";

    /// <summary>
    /// The result of a task. Runs may group tasks differently, so the run is part of its name; with a dot, which no id holds, because
    /// it becomes the name of a file in the results folder of a batch directory.
    /// </summary>
    public static string ResultBlob(string planHash, string batchJobId, string taskId) => $"{ResultsFolder(planHash)}{batchJobId}.{taskId}.json";

    /// <summary>Results that were there before a run, brought from elsewhere.</summary>
    public static string EarlierResultsBlob(string planHash, string batchJobId) => ResultBlob(planHash, batchJobId, "before");

    /// <summary>Where the marks of a plan's jobs lie in the home container.</summary>
    public static string PlanJobsFolder(string planHash) => $"{PlanFolder(planHash)}jobs/";

    public static string PlanJobMark(string planHash, string jobId) => PlanJobsFolder(planHash) + jobId;

    public static string FitBlob(string planHash) => PlanFolder(planHash) + PlanLayout.FitFile;

    public static string RunLogFolder(string planHash, string batchJobId) => $"{PlanFolder(planHash)}logs/{batchJobId}/";

    public static string LogFolder(string planHash, string batchJobId, string taskId) => $"{RunLogFolder(planHash, batchJobId)}{taskId}/";

    /// <summary>Where the streams of a task's n-th run of its own lie; restarts count them up.</summary>
    public static string LogRunFolder(string planHash, string batchJobId, string taskId, int run) =>
        string.Create(CultureInfo.InvariantCulture, $"{LogFolder(planHash, batchJobId, taskId)}run-{run}");

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

    public static string PlanFolder(string planHash) => $"plans/{planHash[..PlanDigits]}/";
}
