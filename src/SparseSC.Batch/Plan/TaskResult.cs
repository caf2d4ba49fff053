namespace SparseSC.Batch.Plan;

/// <summary>The result of one task.</summary>
/// <param name="Task">Index of the task.</param>
internal abstract record TaskResult(int Task)
{
    /// <summary>Whether another result of the same task has the same numbers.</summary>
    public abstract bool Agrees(TaskResult other);
}

/// <summary>The results of tasks that ran together, and the failures among them.</summary>
/// <param name="Results">Results, in the order they were computed.</param>
/// <param name="Failures">Those of them that failed.</param>
internal sealed record TaskResults(TaskResult[] Results, TaskFailure[] Failures);
