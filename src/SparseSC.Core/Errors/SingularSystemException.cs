namespace SparseSC.Core.Errors;

/// <summary>The unit weights are not unique: the linear system that defines them is singular.</summary>
public sealed class SingularSystemException : SparseSCException
{
    /// <summary>Creates the error.</summary>
    public SingularSystemException(string message, Exception? innerException = null)
        : base("SingularSystem", message, innerException)
    {
    }
}
