using System.Globalization;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Batch.Jobs;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Says in words what became of a task and what to do.</summary>
/// <remarks>
/// The service's codes are those of its list of task failures: <c>FailureExitCode</c>, <c>TaskEnded</c>, <c>Blob…</c>, <c>Resource…</c>,
/// <c>FileUpload…</c>, <c>Container…</c>, <c>Command…</c>, <c>DiskFull</c>. Running out of memory has no code of its own: the system ends
/// the process with signal 9, which is exit code 137, or −9.
/// </remarks>
internal static class TaskDiagnosis
{
    private const string RestartWayOut = "Start the job again to compute only what is missing.";

    // A limit is looked at now and then, and the times are those of two clocks.
    private static readonly TimeSpan LimitTolerance = TimeSpan.FromSeconds(1);

    /// <summary>The diagnosis; empty when all is well.</summary>
    /// <param name="task">The task as the service tells of it.</param>
    /// <param name="workerSaid">What the worker itself said went wrong; <c>null</c> when that is not known.</param>
    /// <param name="failedBefore">Tasks that it depends on and that failed.</param>
    public static string Describe(BatchTask task, string? workerSaid = null, IReadOnlyList<string>? failedBefore = null)
    {
        string text = task.State == BatchTaskState.Completed ? Completed(task, workerSaid) : Underway(task, failedBefore ?? []);
        return SecretRedactor.Redact(text);
    }

    /// <summary>Whether a right to read or write that has run out may be the cause, so that the same task would fail again.</summary>
    public static bool IsAccessLost(BatchTask task) => task.ExecutionInfo?.FailureInfo?.Code is { } code
        && code.EndsWith("AccessDenied", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is the worker that failed, so that its own words say more than the service's.</summary>
    public static bool IsWorkerFailure(BatchTask task) =>
        task is { State: BatchTaskState.Completed, ExecutionInfo.Result: BatchTaskExecutionResult.Failure }
        && Is(task.ExecutionInfo.FailureInfo?.Code ?? "FailureExitCode", "FailureExitCode")
        && !IsKilled(task.ExecutionInfo.ExitCode);

    private static string Underway(BatchTask task, IReadOnlyList<string> failedBefore)
    {
        if (failedBefore.Count > 0)
        {
            string others = failedBefore.Count == 1 ? "" : $" and {failedBefore.Count - 1} more";
            return $"It waits for tasks that failed ('{failedBefore[0]}'{others}), and will not start before they have succeeded. Restart those.";
        }

        string then = task.State == BatchTaskState.Active ? "it waits to run again" : "it runs again";
        BatchTaskExecutionInfo? ran = task.ExecutionInfo;
        if (ran?.RequeueCount > 0)
        {
            return $"Its machine was taken away {Times(ran.RequeueCount.Value)}; {then}.";
        }

        return ran?.RetryCount > 0 ? $"It failed {Times(ran.RetryCount.Value)}; {then}." : "";
    }

    private static string Completed(BatchTask task, string? workerSaid)
    {
        BatchTaskExecutionInfo ran = task.ExecutionInfo ?? new BatchTaskExecutionInfo();
        if (ran.Result != BatchTaskExecutionResult.Failure)
        {
            return "";
        }

        string code = ran.FailureInfo?.Code ?? "";
        if (IsOverLimit(task))
        {
            return $"It was ended after {Duration(task.Constraints!.MaxWallClockTime!.Value)}, the longest time that {{MaxWallClockTime}} allows. Give it more, or put fewer plan tasks into one by {{TaskGroupSize}}.";
        }

        return code switch
        {
            _ when Is(code, "FailureExitCode") || code.Length == 0 => Exited(ran, workerSaid),
            _ when Is(code, "TaskEnded") => $"It was ended on request before it was done. {RestartWayOut}",
            _ when Is(code, "DiskFull") => "The disk of its machine is full. Use a {VmSize} with a larger one, or fewer {TaskSlotsPerNode}.",
            _ when Starts(code, "FileUpload") => NotUploaded(ran, code, workerSaid),
            _ when Starts(code, "Blob") || Starts(code, "Resource") => NotDownloaded(ran, code),
            _ when Starts(code, "Container") => $"Its container could not be made ({Words(ran)}). Check {{ContainerImage}}, {{RegistryServer}} and how the registry is signed in to.",
            _ when Starts(code, "Command") => $"Its command could not be started ({Words(ran)}). Check {{CommandLine}} and {{WorkerPath}}.",
            _ => Unknown(ran),
        };
    }

    private static string Exited(BatchTaskExecutionInfo ran, string? workerSaid)
    {
        string exit = ran.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit {code}") : "without an exit code";
        if (IsKilled(ran.ExitCode) || SaysOutOfMemory(workerSaid))
        {
            return $"Probably out of memory ({exit}): use a larger {{VmSize}}, or fewer {{TaskSlotsPerNode}}.";
        }

        if (WorkerStartError.Of(workerSaid) is { } why)
        {
            return $"The worker cannot run on its machine ({exit}). {why}";
        }

        if (workerSaid is not null)
        {
            return $"The worker failed ({exit}): {workerSaid}";
        }

        string container = ran.ContainerInfo?.Error is { Length: > 0 } error ? $" The container's error: {error}" : "";
        if (ran.ExitCode == TaskCommand.WorkerNotAsSubmitted)
        {
            return $"The worker in storage is not the one that was submitted ({exit}): somebody changed it, and it was not run. Look who can write to the container of inputs, and start the job again.";
        }

        return ran.ExitCode is 126 or 127
            ? $"The worker could not be run ({exit}). Check {{CommandLine}}, {{WorkerPath}} and whether the image is a Linux of this processor.{container}"
            : $"The worker failed ({exit}); what it wrote may say why.{container}";
    }

    // The service tells of the upload only; that the command had failed before is what has to be mended first.
    private static string NotUploaded(BatchTaskExecutionInfo ran, string code, string? workerSaid) =>
        (ran.ExitCode is null or 0 ? "It ran, but what it wrote" : $"{Exited(ran, workerSaid)} What it wrote")
        + $" could not be uploaded ({Words(ran)}). "
        + (code.EndsWith("AccessDenied", StringComparison.OrdinalIgnoreCase)
            ? $"The right to write has probably run out: give a longer {{StorageAccessDuration}}. {RestartWayOut}"
            : RestartWayOut);

    private static string NotDownloaded(BatchTaskExecutionInfo ran, string code) =>
        $"Its input could not be fetched ({Words(ran)}). "
        + (code.EndsWith("AccessDenied", StringComparison.OrdinalIgnoreCase)
            ? $"The right to read has probably run out: give a longer {{StorageAccessDuration}}. {RestartWayOut}"
            : RestartWayOut);

    private static string Unknown(BatchTaskExecutionInfo ran)
    {
        string whose = ran.FailureInfo!.Category == BatchErrorCategory.ServerError ? "The Batch service failed at it" : "It failed";
        return $"{whose} ({ran.FailureInfo.Category} {Words(ran)}).";
    }

    // Code and sentence of the service, then whatever the details add to the sentence.
    private static string Words(BatchTaskExecutionInfo ran)
    {
        BatchTaskFailureInfo failure = ran.FailureInfo!;
        string message = (failure.Message ?? "").Trim().TrimEnd('.');
        IEnumerable<string> details = (failure.Details ?? [])
            .Where(detail => detail.Value is { Length: > 0 } value && !message.Contains(value.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            .Select(detail => $"{detail.Name}: {detail.Value!.Trim().TrimEnd('.')}");
        string container = ran.ContainerInfo?.Error is { Length: > 0 } error ? $"; {error.Trim().TrimEnd('.')}" : "";
        return string.Join("; ", details.Prepend(message.Length == 0 ? failure.Code : $"{failure.Code}: {message}")) + container;
    }

    private static bool IsOverLimit(BatchTask task) =>
        task.Constraints?.MaxWallClockTime is { } limit && limit < BatchDuration.NoLimit
        && (task.ExecutionInfo!.FailureInfo?.Code ?? "TaskEnded").ToUpperInvariant() is "TASKENDED" or "FAILUREEXITCODE"
        && task.ExecutionInfo.EndTime - task.ExecutionInfo.StartTime >= limit - LimitTolerance;

    private static bool IsKilled(int? exitCode) => exitCode is 137 or -9;

    private static bool SaysOutOfMemory(string? workerSaid) =>
        workerSaid is not null
        && (workerSaid.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || workerSaid.Contains("OutOfMemoryException", StringComparison.Ordinal));

    private static bool Is(string code, string known) => code.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool Starts(string code, string known) => code.StartsWith(known, StringComparison.OrdinalIgnoreCase);

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    private static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} seconds")
        : time.TotalHours < 2
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} minutes")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} hours");
}
