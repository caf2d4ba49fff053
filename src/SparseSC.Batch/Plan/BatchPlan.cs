using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>A fit or an effect estimate split into tasks, in a batch directory that holds everything they need.</summary>
/// <remarks>
/// Properties are settable so that a plan that was exported and imported again still names its directory. <see cref="BatchPlans"/> makes
/// plans, reads them back, runs and merges them.
/// </remarks>
public sealed record BatchPlan : ISpellable
{
    private IPlanWork? _work;

    /// <summary>The kind of the plan: a fit or effects.</summary>
    public PlanKind Kind { get; set; }

    /// <summary>Full path of the batch directory.</summary>
    public string Directory { get; set; } = string.Empty;

    /// <summary>Full path of the plan file, the input of a task.</summary>
    public string PlanFile { get; set; } = string.Empty;

    /// <summary>Full path of the folder of task results.</summary>
    public string ResultsDirectory { get; set; } = string.Empty;

    /// <summary>Full path of the model, if it is merged where the tasks run.</summary>
    public string FitFile { get; set; } = string.Empty;

    /// <summary>SHA-256 of the plan file, which holds those of the matrices.</summary>
    public string Hash { get; set; } = string.Empty;

    /// <summary>Number of tasks.</summary>
    public int Tasks { get; set; }

    /// <summary>Number of cross-validation folds; effects: of the cross-fits, over all treatment times.</summary>
    public int Folds { get; set; }

    /// <summary>Number of penalties tried in the first stage; 0 for effects.</summary>
    public int Penalties { get; set; }

    /// <summary>The stages of tasks, in the order they run in: one for each iteration of a fit.</summary>
    public PlanStage[] Stages { get; set; } = [];

    /// <summary>Effects: the treatment times estimated.</summary>
    public string[] TreatmentTimes { get; set; } = [];

    /// <summary>v penalties: one or the list.</summary>
    public double[] VPen { get; set; } = [];

    /// <summary>w penalties: one or the list.</summary>
    public double[] WPen { get; set; } = [];

    /// <summary>The model type.</summary>
    public ModelType ModelType { get; set; }

    /// <summary>The constraint on v; it says nothing of effects.</summary>
    public WeightConstraint Constraint { get; set; }

    /// <summary>Warnings about the plan, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Whether making the plan found the same one in the directory and took it up with its results.</summary>
    public bool WasThere { get; set; }

    /// <summary>The tasks of the plan; read from its directory when the plan comes out of a file.</summary>
    internal IPlanWork Work
    {
        get => _work ??= BatchPlans.Load(string.IsNullOrEmpty(Directory) ? PlanFile : Directory).Work;
        init => _work = value;
    }

    /// <summary>Consecutive tasks that need the same results of others, in the order they have to run in.</summary>
    internal IReadOnlyList<TaskRange> Steps => TaskRange.Steps(Work.Stages);

    /// <summary>The name of the type, as that of every object of the pipeline.</summary>
    public override string ToString() => GetType().FullName!;

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Warnings = [.. Warnings.Select(spell)];
}
