using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>Everything a plan fixes besides the matrices.</summary>
/// <param name="ModelType">The model type.</param>
/// <param name="TreatedUnits">Rows of the treated units.</param>
/// <param name="VPen">v penalties to try.</param>
/// <param name="WPen">w penalties to try.</param>
/// <param name="Varies">Which penalty is chosen, if any.</param>
/// <param name="Folds">Cross-validation folds.</param>
/// <param name="Options">The options that tasks and the merge need; penalties, folds and grid are fixed above.</param>
/// <param name="Further">The iterations after the first; <c>null</c> when that is the only one.</param>
/// <param name="PenaltiesGiven">Whether both penalties were given, so that the fit too has one iteration.</param>
/// <param name="PlannedIterations">Iterations that tasks score, each a stage; the merge makes those after them.</param>
internal sealed record PlanParameters(
    ModelType ModelType,
    int[] TreatedUnits,
    double[] VPen,
    double[] WPen,
    PenaltyAxis Varies,
    IReadOnlyList<Fold> Folds,
    FitOptions Options,
    FurtherIterations? Further = null,
    bool PenaltiesGiven = false,
    int PlannedIterations = 1)
{
    private FitStage[]? _stages;

    public PenaltyPath Path => new(VPen, WPen, Varies);

    public int Penalties => Math.Max(VPen.Length, WPen.Length);

    /// <summary>All iterations of the fit.</summary>
    public int Iterations => Further?.Iterations ?? 1;

    /// <summary>The iterations that tasks score.</summary>
    public IReadOnlyList<FitStage> Stages => _stages ??= FitStage.Of(this);

    public int Tasks => Stages[^1].End;

    /// <summary>The fit that the plan is cut from.</summary>
    /// <param name="data">The matrices of the plan.</param>
    public PreparedFit Prepare(FitData data) => PreparedFit.Create(data, FitOptions, Path);

    /// <summary>The options of that fit: penalties and grid as they were given, where more iterations follow the first.</summary>
    public FitOptions FitOptions
    {
        get
        {
            FitOptions options = Options.Copy();
            if (Further is { } further)
            {
                (options.VPen, options.WPen, options.Grid) = (further.VPen, further.WPen, further.Grid);
            }

            return options;
        }
    }

    /// <summary>The stage that a task belongs to.</summary>
    public FitStage StageOf(int task) => Stages.First(stage => task < stage.End);

    public PlanTask Task(int index) => StageOf(index).Task(index);
}

/// <summary>The iterations of an alternating search after the first, whose penalties depend on what the one before chooses.</summary>
/// <param name="Iterations">All iterations, the first included.</param>
/// <param name="VPen">The v penalty given, or <c>null</c>.</param>
/// <param name="WPen">The w penalty given, or <c>null</c>.</param>
/// <param name="Grid">Multiples of the maximum penalty.</param>
internal sealed record FurtherIterations(int Iterations, double[]? VPen, double[]? WPen, double[] Grid);
