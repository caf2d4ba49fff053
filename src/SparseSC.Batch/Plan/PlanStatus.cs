using SparseSC.Core.Errors;

namespace SparseSC.Batch.Plan;

/// <summary>How far a batch directory is.</summary>
public sealed class PlanStatus : ISpellable
{
    /// <summary>Number of tasks.</summary>
    public int Tasks { get; set; }

    /// <summary>Tasks with a valid result, ascending.</summary>
    public int[] Done { get; set; } = [];

    /// <summary>Tasks without one, ascending.</summary>
    public int[] Missing { get; set; } = [];

    /// <summary>Result files that were refused.</summary>
    public InvalidResult[] Invalid { get; set; } = [];

    /// <summary>Tasks whose last run failed; they count as missing too.</summary>
    public TaskFailure[] Failed { get; set; } = [];

    /// <summary>Whether every task has a valid result.</summary>
    public bool IsComplete => Missing.Length == 0;

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell)
    {
        Array.ForEach<ISpellable>(Invalid, result => result.Spell(spell));
        Array.ForEach<ISpellable>(Failed, failure => failure.Spell(spell));
    }
}

/// <summary>A result file that was refused, and why.</summary>
public sealed class InvalidResult : ISpellable
{
    /// <summary>Path of the file.</summary>
    public string File { get; set; } = string.Empty;

    /// <summary>The reason why it is refused.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Reason = spell(Reason);
}

/// <summary>A task whose last run failed.</summary>
public sealed class TaskFailure : ISpellable
{
    /// <summary>Index of the task.</summary>
    public int Task { get; set; }

    /// <summary>Id of the error.</summary>
    public string ErrorId { get; set; } = string.Empty;

    /// <summary>Message of the error.</summary>
    public string Message { get; set; } = string.Empty;

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Message = spell(Message);
}
