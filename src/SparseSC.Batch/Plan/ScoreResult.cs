using SparseSC.Core.Data;
using SparseSC.Core.Fitting;

namespace SparseSC.Batch.Plan;

/// <summary>The result of one scoring task of a fit.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="Fold">Its fold.</param>
/// <param name="PenaltyIndices">Its penalties.</param>
/// <param name="Scores">Sum of squared errors of the fold's held-out units, per penalty.</param>
/// <param name="VPen">In a later stage: the v penalties that it was told to try, one for each score; empty in the first.</param>
/// <param name="WPen">The w penalties likewise.</param>
internal sealed record ScoreResult(int Task, int Fold, int[] PenaltyIndices, double[] Scores, double[] VPen, double[] WPen) : TaskResult(Task)
{
    /// <summary>Whether it was scored at the penalties of a path, where it says at which.</summary>
    public bool IsAt(PenaltyPath path) => VPen.Length == 0
        || (VPen.AsSpan().SequenceEqual(PenaltyIndices.Select(path.V).ToArray()) && WPen.AsSpan().SequenceEqual(PenaltyIndices.Select(path.W).ToArray()));

    public override bool Agrees(TaskResult other) => other is ScoreResult scores
        && Scores.AsSpan().SequenceEqual(scores.Scores) && VPen.AsSpan().SequenceEqual(scores.VPen) && WPen.AsSpan().SequenceEqual(scores.WPen);
}
