using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Jobs;

/// <summary>Which results of a plan are there to be merged, and what is missing and why.</summary>
public sealed class BatchResults : ISpellable
{
    /// <summary>The job they came from; <c>null</c> when a batch directory was looked at by itself.</summary>
    public string? JobId { get; set; }

    /// <summary>Full path of the batch directory that holds them.</summary>
    public string BatchDirectory { get; set; } = "";

    /// <summary>SHA-256 of the plan, hex.</summary>
    public string PlanHash { get; set; } = "";

    /// <summary>Number of tasks of the plan.</summary>
    public int Tasks { get; set; }

    /// <summary>Tasks with a valid result; all of them where there is the model that was merged from them.</summary>
    public int Done { get; set; }

    /// <summary>Indices of the tasks without one.</summary>
    public int[] Missing { get; set; } = [];

    /// <summary>Tasks whose last run failed, with the message; they count as missing too.</summary>
    public TaskFailure[] Failed { get; set; } = [];

    /// <summary>Result files that were refused, with the reason.</summary>
    public InvalidResult[] Invalid { get; set; } = [];

    /// <summary>Full path of the fitted model, when the final fit was made where the tasks ran; <c>null</c> otherwise.</summary>
    public string? FitFile { get; set; }

    /// <summary>The missing results and the reasons, in words; empty when nothing is missing.</summary>
    public string Message { get; set; } = "";

    /// <summary>The backend's settings, so that the next command needs only this object.</summary>
    public BatchConfig? Config { get; set; }

    /// <summary>Whether there is nothing left to compute before the model.</summary>
    public bool IsComplete => Missing.Length == 0 || FitFile is not null;

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell)
    {
        Message = spell(Message);
        Array.ForEach<ISpellable>(Failed, failure => failure.Spell(spell));
        Array.ForEach<ISpellable>(Invalid, result => result.Spell(spell));
    }
}
