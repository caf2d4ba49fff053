using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Models;

namespace SparseSC.Azure.Jobs.Tasks;

/// <summary>Command lines of tasks.</summary>
internal static class TaskCommand
{
    /// <summary>The file that a group's results are written to.</summary>
    public const string ResultFile = "results.json";

    /// <summary>The folder of a worker's own logs, each attempt in files of its own.</summary>
    public const string LogFolder = "attempts";

    /// <summary>The file that a merged model is written to.</summary>
    public const string FitFile = "fit.json";

    /// <summary>The exit code of a task whose worker is not the one that was submitted.</summary>
    public const int WorkerNotAsSubmitted = 113;

    private const string PlanFile = RunFiles.InputsFolder + "/plan.json";
    private const string Prepared = "$AZ_BATCH_JOB_PREP_WORKING_DIR";

    /// <summary>The command of a group of plan tasks.</summary>
    /// <param name="config">The settings.</param>
    /// <param name="workerSha256">The worker's SHA-256; <c>null</c> when it is in the container image.</param>
    /// <param name="indices">The plan tasks.</param>
    /// <param name="readsResults">Whether they need results of others, which lie in the task's own directory.</param>
    public static string ForGroup(AzureBatchConfig config, string? workerSha256, string indices, bool readsResults = false)
    {
        if (config.CommandLine is { Length: > 0 } own)
        {
            return own.Replace("{input}", PlanFile, StringComparison.Ordinal)
                .Replace("{index}", indices, StringComparison.Ordinal)
                .Replace("{output}", ResultFile, StringComparison.Ordinal);
        }

        string plan = workerSha256 is null ? PlanFile : $"{Prepared}/{PlanFile}";
        string results = readsResults ? $" --results {RunFiles.ResultsFolder}" : "";
        return OnNode(workerSha256, $"task --input {plan} --index {indices} --output {ResultFile} --log {LogFolder}{results} --quiet");
    }

    /// <summary>The command of the task that makes the final fit.</summary>
    public static string ForMerge(string? workerSha256) =>
        OnNode(workerSha256, $"merge --batch-directory {RunFiles.InputsFolder} --output {FitFile} --quiet");

    // A task's command starts without a shell, and only a shell knows where the job's preparation put worker and plan. The hash stands in the
    // command, which nobody but the account's owner can change, so that a file that was put in the worker's place does not run.
    private static string OnNode(string? workerSha256, string arguments) => workerSha256 is null
        ? $"{RunFiles.WorkerName} {arguments}"
        : $"/bin/sh -c \"w={Prepared}/{RunFiles.WorkerName}; printf '%s  %s' {workerSha256} $w | sha256sum -c --status || exit {WorkerNotAsSubmitted}; exec $w {arguments}\"";
}
