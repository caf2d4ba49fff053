namespace SparseSC.Core.Errors;

/// <summary>An argument or an input file cannot be used as it is.</summary>
public sealed class InvalidInputException : SparseSCException
{
    /// <summary>Creates the error for the parameter (or file) <paramref name="parameterName"/>.</summary>
    public InvalidInputException(string errorId, string message, string? parameterName = null, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
        ParameterName = parameterName;
    }

    /// <summary>The option, property or file at fault; <c>null</c> when it is the data as a whole.</summary>
    public string? ParameterName { get; }

    /// <summary>The things that are wrong, such as the gaps of an outcome; <c>null</c> when the message says it all.</summary>
    public object? Subject { get; init; }
}
