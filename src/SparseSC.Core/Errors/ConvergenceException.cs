namespace SparseSC.Core.Errors;

/// <summary>A search ended without reaching its tolerance.</summary>
public sealed class ConvergenceException : SparseSCException
{
    /// <summary>Creates the error.</summary>
    public ConvergenceException(string message, Exception? innerException = null)
        : base("SearchDidNotConverge", message, innerException)
    {
    }

    /// <summary>Whether no step at all was found, and not only too few.</summary>
    public bool FoundNoStep { get; init; }
}
