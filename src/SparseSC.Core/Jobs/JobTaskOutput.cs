namespace SparseSC.Core.Jobs;

/// <summary>What one run of a task wrote.</summary>
public sealed class JobTaskOutput
{
    /// <summary>The job's id.</summary>
    public string JobId { get; set; } = "";

    /// <summary>The task's id within the job.</summary>
    public string TaskId { get; set; } = "";

    /// <summary>Which run: 1 is the first. Runs before a restart are kept.</summary>
    public int Run { get; set; } = 1;

    /// <summary>Whether it is the latest run.</summary>
    public bool IsLatest { get; set; } = true;

    /// <summary>Standard output.</summary>
    public string StandardOutput { get; set; } = "";

    /// <summary>Standard error.</summary>
    public string StandardError { get; set; } = "";
}
