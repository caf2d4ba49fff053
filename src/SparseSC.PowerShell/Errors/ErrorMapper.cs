using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Errors;

/// <summary>The one place that turns exceptions into error records.</summary>
internal static class ErrorMapper
{
    /// <summary>Whether <paramref name="error"/> is one that users are told about; anything else is a fault of ours and goes through.</summary>
    public static bool CanMap(Exception error) =>
        error is SparseSCException or IOException or UnauthorizedAccessException;

    /// <param name="error">What went wrong.</param>
    /// <param name="target">What it is about, when the error does not know.</param>
    /// <param name="command">The cmdlet that reports it, in whose words it is put.</param>
    public static ErrorRecord ToRecord(Exception error, object? target, string command) => error switch
    {
        SparseSCException known => new ErrorRecord(Rendered(known, command), known.ErrorId, ErrorCategories.Of(known), TargetOf(known) ?? target),
        UnauthorizedAccessException => new ErrorRecord(error, "AccessDenied", ErrorCategory.PermissionDenied, target),
        IOException => new ErrorRecord(error, "FileFailure", ErrorCategory.WriteError, target),
        _ => new ErrorRecord(error, "Unexpected", ErrorCategory.NotSpecified, target),
    };

    private static object? TargetOf(SparseSCException error) => (error as BatchJobException)?.JobId ?? (error as InvalidInputException)?.Subject;

    // Scripts print $_.Exception.Message as often as $_, so both have to carry the cmdlets' spelling of parameters.
    private static SparseSCException Rendered(SparseSCException error, string command)
    {
        string message = ParameterText.Render(error.Message, command);
        return message == error.Message ? error : error switch
        {
            InvalidInputException input => new InvalidInputException(input.ErrorId, message, input.ParameterName, input) { Subject = input.Subject },
            BatchPlanException => new BatchPlanException(error.ErrorId, message, error),
            BatchJobException job => new BatchJobException(job.ErrorId, message, job.JobId, job),
            SingularSystemException => new SingularSystemException(message, error),
            ConvergenceException => new ConvergenceException(message, error),
            _ => new SparseSCException(error.ErrorId, message, error),
        };
    }
}
