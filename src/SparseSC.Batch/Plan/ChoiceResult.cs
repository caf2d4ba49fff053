using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>The result of a choosing task: the choice of one stage, and the penalties that the next one tries.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="Scores">Cross-validation score per penalty.</param>
/// <param name="StandardErrors">Its standard error.</param>
/// <param name="SelectedIndex">The penalty chosen; <c>null</c> when there was nothing to choose.</param>
/// <param name="VPen">The v penalty chosen.</param>
/// <param name="WPen">The w penalty chosen.</param>
/// <param name="NextVPen">The v penalties that the next stage tries.</param>
/// <param name="NextWPen">The w penalties that the next stage tries.</param>
internal sealed record ChoiceResult(
    int Task, double[] Scores, double[] StandardErrors, int? SelectedIndex, double VPen, double WPen, double[] NextVPen, double[] NextWPen) : TaskResult(Task)
{
    public static ChoiceResult Of(int task, FitIteration chosen, PenaltyPath next) => new(
        task, chosen.Scores, chosen.ScoreStandardErrors, chosen.SelectedIndex, chosen.FittedVPen, chosen.FittedWPen, next.VPen, next.WPen);

    /// <summary>The iteration that was chosen from.</summary>
    /// <param name="path">The penalties it tried.</param>
    public FitIteration Iteration(PenaltyPath path) => new()
    {
        VPen = path.VPen,
        WPen = path.WPen,
        Scores = Scores,
        ScoreStandardErrors = StandardErrors,
        SelectedIndex = SelectedIndex,
        FittedVPen = VPen,
        FittedWPen = WPen,
        Score = Scores[SelectedIndex ?? 0],
    };

    /// <summary>The penalties of the next stage.</summary>
    /// <param name="next">The stage.</param>
    public PenaltyPath Path(FitStage next) => new(NextVPen, NextWPen, next.Varies);

    /// <summary>Whether it is what follows from all scores of its stage.</summary>
    public bool IsOf(FitIteration chosen) =>
        SelectedIndex == chosen.SelectedIndex && VPen.Equals(chosen.FittedVPen) && WPen.Equals(chosen.FittedWPen)
        && Scores.AsSpan().SequenceEqual(chosen.Scores) && StandardErrors.AsSpan().SequenceEqual(chosen.ScoreStandardErrors);

    public override bool Agrees(TaskResult other) => other is ChoiceResult choice
        && SelectedIndex == choice.SelectedIndex && VPen.Equals(choice.VPen) && WPen.Equals(choice.WPen)
        && Scores.AsSpan().SequenceEqual(choice.Scores) && StandardErrors.AsSpan().SequenceEqual(choice.StandardErrors)
        && NextVPen.AsSpan().SequenceEqual(choice.NextVPen) && NextWPen.AsSpan().SequenceEqual(choice.NextWPen);
}
