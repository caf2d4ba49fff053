namespace SparseSC.Core.Errors;

/// <summary>A batch directory, a plan or a task result cannot be used.</summary>
public sealed class BatchPlanException : SparseSCException
{
    /// <summary>Creates the error.</summary>
    public BatchPlanException(string errorId, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
    }
}
