using SparseSC.Core.Data;

namespace SparseSC.Core.Plan;

/// <summary>What one task of a fit computed.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="Fold">Its fold.</param>
/// <param name="PenaltyIndices">Its penalties.</param>
/// <param name="Scores">Sum of squared errors of the fold's held-out units, per penalty.</param>
internal sealed record ScoreResult(int Task, int Fold, int[] PenaltyIndices, double[] Scores) : TaskResult(Task)
{
    public override bool Agrees(TaskResult other) => other is ScoreResult scores && Scores.AsSpan().SequenceEqual(scores.Scores);
}
