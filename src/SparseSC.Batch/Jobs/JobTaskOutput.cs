using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>The output of one run of a task.</summary>
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

    /// <summary>A note on the run: how it ended, and whether earlier ones left nothing.</summary>
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
