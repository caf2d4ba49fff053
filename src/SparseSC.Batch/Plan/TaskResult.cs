namespace SparseSC.Batch.Plan;

/// <summary>What one task computed.</summary>
/// <param name="Task">Index of the task.</param>
internal abstract record TaskResult(int Task)
{
    /// <summary>Whether another result of the same task has the same numbers.</summary>
    public abstract bool Agrees(TaskResult other);
}

/// <summary>What tasks run together came to.</summary>
/// <param name="Results">Results, in the order they were computed.</param>
/// <param name="Failures">Those of them that failed.</param>
internal sealed record TaskResults(TaskResult[] Results, TaskFailure[] Failures);
