using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>What one run of a task wrote.</summary>
public sealed class JobTaskOutput : ISpellable
{
    /// <summary>The job's id.</summary>
    public string JobId { get; set; } = "";

    /// <summary>The task's id within the job.</summary>
    public string TaskId { get; set; } = "";

    /// <summary>Which run: 1 is the first. Runs before a restart, and attempts before one that the service made by itself, are kept.</summary>
    public int Run { get; set; } = 1;

    /// <summary>Whether it is the latest run.</summary>
    public bool IsLatest { get; set; } = true;

    /// <summary>What there is to know about the run beside what it wrote: how it ended, and whether earlier ones left nothing.</summary>
    public string Note { get; set; } = "";

    /// <summary>Standard output.</summary>
    public string StandardOutput { get; set; } = "";

    /// <summary>Standard error.</summary>
    public string StandardError { get; set; } = "";

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell)
    {
        Note = spell(Note);

        // On this machine that is the message the task failed with.
        StandardError = spell(StandardError);
    }
}
