namespace SparseSC.Cli.Hosting;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The arguments or the input cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>The work was cancelled.</summary>
    public const int Cancelled = 3;
}
