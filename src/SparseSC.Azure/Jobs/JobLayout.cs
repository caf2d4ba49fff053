using System.Globalization;
using System.Security.Cryptography;
using SparseSC.Core.Jobs.Azure;

namespace SparseSC.Azure.Jobs;

/// <summary>Names of everything a job has in Azure.</summary>
/// <remarks>
/// <code>
/// home container   workers/{sha256}/sparsesc            the worker, once per version
///                  jobs/{job id}/job.json               the job's record (see JobRecord)
/// plan container   plans/{plan}/inputs/{file}           what a task reads
///                  plans/{plan}/results/{task id}.json  what a task computed
///                  plans/{plan}/fit.json                the model, when it was merged on a node
///                  plans/{plan}/logs/{batch job}/{task id}/run-{n}/{stream}.txt
/// </code>
/// Both are the container of the configuration when it names one; otherwise the home is <see cref="DefaultHome"/>, and every plan
/// has a container of its own. Results lie by plan, not by job, so that a second job of the plan computes only what the first has left.
/// </remarks>
internal static class JobLayout
{
    /// <summary>The container of workers and records when the configuration names none.</summary>
    public const string DefaultHome = "sparsesc";

    /// <summary>The id of the task that merges on a node.</summary>
    public const string MergeTask = "merge";

    /// <summary>The longest id that the service takes for a job or a task.</summary>
    public const int LongestId = 64;

    // Room for the suffix of a further run.
    private const int LongestJobId = LongestId - 6;
    private const int PlanDigits = 24;

    public static string HomeContainer(AzureBatchConfig config) => config.ContainerName ?? DefaultHome;

    public static string PlanContainer(AzureBatchConfig config, string planHash) => config.ContainerName ?? $"{DefaultHome}-{planHash[..PlanDigits]}";

    public static string WorkerBlob(string sha256) => $"workers/{sha256}/sparsesc";

    public static string RecordBlob(string jobId) => $"jobs/{jobId}/job.json";

    public static string InputBlob(string planHash, string file) => $"{PlanFolder(planHash)}inputs/{file}";

    public static string ResultsFolder(string planHash) => $"{PlanFolder(planHash)}results/";

    public static string ResultBlob(string planHash, string taskId) => $"{ResultsFolder(planHash)}{taskId}.json";

    public static string FitBlob(string planHash) => $"{PlanFolder(planHash)}fit.json";

    public static string LogFolder(string planHash, string batchJobId, string taskId) => $"{PlanFolder(planHash)}logs/{batchJobId}/{taskId}/";

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

    private static string PlanFolder(string planHash) => $"plans/{planHash[..PlanDigits]}/";
}
