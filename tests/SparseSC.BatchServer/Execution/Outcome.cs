namespace SparseSC.BatchServer.Execution;

/// <summary>How far a run got before it failed.</summary>
internal enum FailedIn
{
    Nothing,
    Preparation,
    Command,
    Upload,
}

/// <summary>How a run ended.</summary>
/// <param name="EndTime">When.</param>
/// <param name="ExitCode">The process's exit code; null when none ran.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="Phase">Where it failed.</param>
internal sealed record Outcome(DateTime EndTime, int? ExitCode, Failure? Failure, FailedIn Phase)
{
    /// <summary>Only a command's own exit code is a reason to try again.</summary>
    public bool MayRetry => Phase == FailedIn.Command && Failure?.Code == "FailureExitCode";

    public static Outcome Failed(FailedIn phase, Failure failure, int? exitCode = null) => new(DateTime.UtcNow, exitCode, failure, phase);
}
