namespace SparseSC.Azure.Batch;

/// <summary>The outcome of adding a task.</summary>
internal enum BatchTaskAddOutcome
{
    /// <summary>The task was added.</summary>
    Added,

    /// <summary>The task was found in the job: an attempt whose answer was lost had added it, or it may be there from before.</summary>
    AlreadyThere,

    /// <summary>The service refuses it and will again; the error says why.</summary>
    Rejected,

    /// <summary>The service failed at it, every time.</summary>
    ServerFailed,
}

/// <summary>The outcome of adding one task of a collection.</summary>
/// <param name="TaskId">The task's id.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">What the service said about it; <c>null</c> when it was added.</param>
internal sealed record BatchTaskAddResult(string TaskId, BatchTaskAddOutcome Outcome, BatchError? Error)
{
    /// <summary>Whether the task is in the job now.</summary>
    public bool IsInJob => Outcome is BatchTaskAddOutcome.Added or BatchTaskAddOutcome.AlreadyThere;
}
