namespace SparseSC.Core.Errors;

/// <summary>A batch job cannot be started, found or changed.</summary>
public sealed class BatchJobException : SparseSCException
{
    /// <summary>Creates the error for the job <paramref name="jobId"/>.</summary>
    public BatchJobException(string errorId, string message, string? jobId = null, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
        JobId = jobId;
    }

    /// <summary>The job at fault; <c>null</c> when it is no job in particular.</summary>
    public string? JobId { get; }
}
