namespace SparseSC.Core.Plan;

/// <summary>What one task computed.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="Fold">Its fold.</param>
/// <param name="PenaltyIndices">Its penalties.</param>
/// <param name="Scores">Sum of squared errors of the fold's held-out units, per penalty.</param>
internal sealed record TaskResult(int Task, int Fold, int[] PenaltyIndices, double[] Scores);

/// <summary>What tasks run together came to.</summary>
/// <param name="Results">Results, in the order they were computed.</param>
/// <param name="Failures">Those of them that failed.</param>
internal sealed record TaskResults(TaskResult[] Results, TaskFailure[] Failures);
