using SparseSC.Core.Jobs.Azure;

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

    private const string Input = RunFiles.InputsFolder + "/plan.json";

    /// <summary>The command of a group of plan tasks.</summary>
    public static string ForGroup(AzureBatchConfig config, string indices) => config.CommandLine is { Length: > 0 } own
        ? own.Replace("{input}", Input, StringComparison.Ordinal)
            .Replace("{index}", indices, StringComparison.Ordinal)
            .Replace("{output}", ResultFile, StringComparison.Ordinal)
        : OnNode(config, $"task --input {Input} --index {indices} --output {ResultFile} --log {LogFolder} --quiet");

    /// <summary>The command of the task that makes the final fit.</summary>
    public static string ForMerge(AzureBatchConfig config) =>
        OnNode(config, $"merge --batch-directory {RunFiles.InputsFolder} --output {FitFile} --quiet");

    // A task's command starts without a shell, and only a shell knows where the job's preparation put the worker.
    private static string OnNode(AzureBatchConfig config, string arguments) => config.ContainerImage is null || config.WorkerPath is not null
        ? $"/bin/sh -c \"exec $AZ_BATCH_JOB_PREP_WORKING_DIR/{RunFiles.WorkerName} {arguments}\""
        : $"{RunFiles.WorkerName} {arguments}";
}
