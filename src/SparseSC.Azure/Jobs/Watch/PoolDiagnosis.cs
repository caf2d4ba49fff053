using System.Globalization;
using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Something wrong with a pool.</summary>
/// <param name="Message">What, and the way out.</param>
/// <param name="IsLasting">Whether the job's tasks will wait for ever unless somebody does something.</param>
/// <param name="IsUsual">Whether it is what every pool goes through, as machines that are starting.</param>
internal sealed record PoolTrouble(string Message, bool IsLasting, bool IsUsual = false)
{
    /// <summary>Whether somebody may have to see to it.</summary>
    public bool NeedsAttention => !IsUsual;
}

/// <summary>Says in words why a job's tasks wait.</summary>
internal static class PoolDiagnosis
{
    private const string AgainWithPool = "Then stop the job, remove the pool and start the job again; only what is missing is computed.";

    /// <summary>A fault of the pool, or something worth to know; <c>null</c> when there is neither.</summary>
    /// <param name="sight">The pool.</param>
    /// <param name="tasksRun">Whether any of the job's tasks runs.</param>
    /// <param name="now">The time, by the service's clock as far as possible.</param>
    public static PoolTrouble? Of(PoolSnapshot sight, bool tasksRun, DateTimeOffset now)
    {
        PoolTrouble? trouble = Find(sight, tasksRun, now);
        return trouble is null ? null : trouble with { Message = SecretRedactor.Redact(trouble.Message) };
    }

    private static PoolTrouble? Find(PoolSnapshot sight, bool tasksRun, DateTimeOffset now)
    {
        if (sight.Pool is not { } pool || pool.State == BatchPoolState.Deleting)
        {
            return tasksRun ? null : new PoolTrouble(
                $"The pool '{sight.PoolId}' does not exist any more, so the tasks wait for ever. Stop the job and start it again; only what is missing is computed.", true);
        }

        if (tasksRun || (sight.Usable > 0 && sight.FailedPreparations.Count < sight.Usable))
        {
            return Short(sight, pool);
        }

        return Preparation(sight) ?? Coming(sight, pool, now) ?? Bad(sight, pool) ?? Resize(sight, pool) ?? Empty(sight, pool, now);
    }

    private static PoolTrouble? Short(PoolSnapshot sight, BatchPool pool) => Wanted(pool) > sight.Usable && pool.ResizeErrors is [var error, ..]
        ? new PoolTrouble($"The pool '{sight.PoolId}' has {Machines(sight.Usable)} of {Wanted(pool)} ({Text(error)}). {Remedy(error)}", false)
        : null;

    private static PoolTrouble? Preparation(PoolSnapshot sight)
    {
        if (sight.FailedPreparations.Count == 0 || sight.Coming > 0)
        {
            return null;
        }

        BatchJobNodeTaskInfo? info = sight.FailedPreparations[0].JobPreparationTaskExecutionInfo;
        return new PoolTrouble(
            $"The job's preparation failed on {Machines(sight.FailedPreparations.Count)} ({Failure(info?.ExitCode, info?.FailureInfo)}), and its tasks wait for it for ever. Stop the job and start it again.",
            true);
    }

    private static PoolTrouble? Coming(PoolSnapshot sight, BatchPool pool, DateTimeOffset now)
    {
        if (sight.Coming == 0)
        {
            return null;
        }

        string bad = sight.Bad == 0 ? "" : $"; {Machines(sight.Bad)} cannot be used";
        return new PoolTrouble($"{Sentence(Machines(sight.Coming))} of the pool '{sight.PoolId}' {(sight.Coming == 1 ? "is" : "are")} starting{Since(pool, now)}{bad}.", false, IsUsual: sight.Bad == 0);
    }

    private static PoolTrouble? Bad(PoolSnapshot sight, BatchPool pool)
    {
        if (sight.Bad == 0)
        {
            return null;
        }

        BatchNode? node = sight.BadNodes.Count == 0 ? null : sight.BadNodes[0];
        bool lasting = pool.EnableAutoScale != true && pool.AllocationState == BatchAllocationState.Steady;
        if (node?.State == BatchNodeState.StartTaskFailed)
        {
            return new PoolTrouble(
                $"The start task failed on {Machines(sight.Bad)} of the pool '{sight.PoolId}' ({Failure(node.StartTaskInfo?.ExitCode, node.StartTaskInfo?.FailureInfo)}), and no task runs there. Correct {{StartTaskCommandLine}}; 'startup/stderr.txt' on machine '{node.Id}' says more. {AgainWithPool}",
                lasting);
        }

        string why = node?.Errors is { Count: > 0 } errors ? $" ({string.Join("; ", errors.Take(2).Select(Text))})" : "";
        string image = node?.Errors?.Any(error => error.Code?.StartsWith("Container", StringComparison.OrdinalIgnoreCase) == true) == true
            ? " Check {ContainerImage}, {RegistryServer} and how the registry is signed in to."
            : "";
        return new PoolTrouble($"{Sentence(Machines(sight.Bad))} of the pool '{sight.PoolId}' cannot be used{why}.{image} {AgainWithPool}", lasting);
    }

    private static PoolTrouble? Resize(PoolSnapshot sight, BatchPool pool)
    {
        if (pool.AutoScaleRun?.Error is { } formula)
        {
            return new PoolTrouble($"The pool '{sight.PoolId}' has no machine: its autoscale formula fails ({Text(formula)}). Correct {{AutoScaleFormula}}.", false);
        }

        if (pool.ResizeErrors is not [var error, ..])
        {
            return null;
        }

        // The service goes on seeking Spot machines that the region had not, also after a resize has failed; a quota or a setting stays as it is.
        bool comesWithTime = (pool.TargetSpotNodes ?? 0) > 0 && pool.ResizeErrors.All(IsWantOfMachines);
        string waits = comesWithTime ? " The service goes on seeking Spot machines, and the tasks begin when there are some." : "";
        return new PoolTrouble(
            $"No machine of the pool '{sight.PoolId}' has come up ({Text(error)}).{waits} {Remedy(error)}",
            !comesWithTime && pool.EnableAutoScale != true && pool.AllocationState == BatchAllocationState.Steady);
    }

    private static PoolTrouble Empty(PoolSnapshot sight, BatchPool pool, DateTimeOffset now)
    {
        if (sight.Preempted > 0)
        {
            return new PoolTrouble($"All Spot machines of the pool '{sight.PoolId}' were taken away; the tasks go on when there are some again.", false);
        }

        if (pool.EnableAutoScale == true)
        {
            return new PoolTrouble(
                $"The pool '{sight.PoolId}' has no machine yet; its formula is evaluated every {(pool.AutoScaleEvaluationInterval ?? TimeSpan.FromMinutes(15)).TotalMinutes:0} minutes.", false, IsUsual: true);
        }

        return Wanted(pool) == 0
            ? new PoolTrouble($"The pool '{sight.PoolId}' has no machine, and none is wanted: its size is 0. Give it machines.", true)
            : new PoolTrouble($"No machine of the pool '{sight.PoolId}' has come up{Since(pool, now)}; {Wanted(pool)} {(Wanted(pool) == 1 ? "is" : "are")} wanted.", false, IsUsual: true);
    }

    private static string Remedy(BatchResizeError error)
    {
        string code = error.Code ?? "";
        if (code.Contains("Quota", StringComparison.OrdinalIgnoreCase))
        {
            return "Ask for a larger quota of cores in the portal (Batch account, Quotas), or use fewer or smaller machines: {DedicatedNodeCount}, {SpotNodeCount}, {VmSize}.";
        }

        return IsWantOfMachines(error)
            ? "Azure has not enough such machines in the region now: try another {VmSize}, or {DedicatedNodeCount} in place of {SpotNodeCount}."
            : "Correct the settings of the pool.";
    }

    private static bool IsWantOfMachines(BatchResizeError error) =>
        error.Code?.StartsWith("Allocation", StringComparison.OrdinalIgnoreCase) == true || error.Code?.StartsWith("Overconstrained", StringComparison.OrdinalIgnoreCase) == true;

    private static string Text(BatchResizeError error) => Text(error.Code, error.Message, error.Values);

    private static string Text(BatchNodeError error) => Text(error.Code, error.Message, error.ErrorDetails);

    private static string Failure(int? exitCode, BatchTaskFailureInfo? failure)
    {
        string exit = exitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit {code}, ") : "";
        return exit + Text(failure?.Code, failure?.Message, failure?.Code == "FailureExitCode" ? null : failure?.Details);
    }

    private static string Text(string? code, string? message, IReadOnlyList<BatchNameValuePair>? details)
    {
        string text = string.IsNullOrEmpty(message) ? code ?? "the service does not say why" : $"{code}: {message.Trim().TrimEnd('.')}";
        return details?.FirstOrDefault(detail => detail.Value is { Length: > 0 } value && !text.Contains(value, StringComparison.OrdinalIgnoreCase)) is { } first
            ? $"{text}; {first.Value!.Trim().TrimEnd('.')}"
            : text;
    }

    private static string Since(BatchPool pool, DateTimeOffset now)
    {
        double minutes = (now - (pool.AllocationStateTransitionTime ?? pool.CreationTime ?? now)).TotalMinutes;
        return minutes < 2 ? "" : string.Create(CultureInfo.InvariantCulture, $" for {minutes:0} minutes");
    }

    private static int Wanted(BatchPool pool) => (pool.TargetDedicatedNodes ?? 0) + (pool.TargetSpotNodes ?? 0);

    private static string Machines(int count) => count == 1 ? "one machine" : string.Create(CultureInfo.InvariantCulture, $"{count} machines");

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
