namespace SparseSC.Core.Errors;

/// <summary>The root of every error this project raises on purpose.</summary>
public class SparseSCException : Exception
{
    /// <summary>Creates an error with a constant PascalCase id and a message that names the way out.</summary>
    public SparseSCException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
    }

    /// <summary>A constant PascalCase id by which scripts tell errors apart.</summary>
    public string ErrorId { get; }
}
