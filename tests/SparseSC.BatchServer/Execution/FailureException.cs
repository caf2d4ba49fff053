namespace SparseSC.BatchServer.Execution;

/// <summary>A run cannot go on.</summary>
internal sealed class FailureException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure { get; } = failure;
}
