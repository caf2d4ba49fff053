namespace SparseSC.Azure.Batch;

/// <summary>The service's answer to a collection of tasks.</summary>
internal sealed record BatchTaskCollectionResult(IReadOnlyList<BatchTaskCreateResult>? Value) : BatchModel;

/// <summary>The service's answer for one task of a collection.</summary>
internal sealed record BatchTaskCreateResult : BatchModel
{
    /// <summary>The outcome.</summary>
    public BatchTaskAddStatus Status { get; init; }

    /// <summary>The task.</summary>
    public string? TaskId { get; init; }

    /// <summary>The error; <c>null</c> when the task was added.</summary>
    public BatchError? Error { get; init; }
}
