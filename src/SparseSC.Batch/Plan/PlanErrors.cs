using SparseSC.Core.Errors;

namespace SparseSC.Batch.Plan;

/// <summary>The errors of a plan when tasks failed, or results are missing.</summary>
internal static class PlanErrors
{
    private const int MostNamed = 3;

    /// <summary>Throws when tasks failed.</summary>
    /// <param name="failures">Those that failed, ascending.</param>
    /// <param name="tasks">How many were to be run.</param>
    /// <param name="steps">The plan's steps, where later ones were to be run as well.</param>
    /// <exception cref="BatchPlanException">At least one failed.</exception>
    public static void Refuse(List<TaskFailure> failures, int tasks, IReadOnlyList<TaskRange> steps)
    {
        if (failures.Count == 0)
        {
            return;
        }

        if (tasks == 1)
        {
            throw new BatchPlanException(ErrorIds.TasksFailed, $"Task {failures[0].Task} failed: {failures[0].Message}");
        }

        string named = string.Join("; ", failures.Take(MostNamed).Select(f => $"task {f.Task}: {f.Message}"));
        string others = steps.Count > 0 && TaskRange.IsBefore(steps, failures[0].Task, steps[^1].End - 1)
            ? "The others of their stage are done and kept; later stages wait for all of it."
            : "The others are done and kept.";
        throw new BatchPlanException(ErrorIds.TasksFailed, $"{failures.Count} of {tasks} tasks failed ({named}{(failures.Count > MostNamed ? "; …" : string.Empty)}). {others}");
    }

    /// <summary>The error of a merge that lacks results.</summary>
    /// <param name="missing">Which, in words, without a full stop.</param>
    /// <param name="results">The results that are there, with failures and what was refused.</param>
    /// <param name="wayOut">What else can be done.</param>
    public static BatchPlanException ResultsMissing(string missing, ResultSet results, string wayOut)
    {
        string refused = results.Invalid.Count == 0 ? string.Empty : $" Refused: {string.Join("; ", results.Invalid.Take(MostNamed).Select(i => $"'{i.File}', {i.Reason}"))}.";
        string failed = results.Failures is [var first, ..] failures ? $" {failures.Length} failed; task {first.Task}: {first.Message.TrimEnd('.')}." : string.Empty;
        return new BatchPlanException(ErrorIds.ResultsMissing, $"{missing}.{failed}{refused} Run {{RunMissing}} again to compute only these{wayOut}.");
    }
}
