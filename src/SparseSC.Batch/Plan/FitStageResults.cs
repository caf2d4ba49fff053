using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>The results of a fit's tasks by stage.</summary>
internal sealed class FitStageResults(PlanParameters plan, IReadOnlyDictionary<int, TaskResult> results)
{
    /// <summary>How the stages before the last choose.</summary>
    public ChoiceRule Rule { get; } = new(plan.Options.Choice, null);

    /// <summary>The choice made from a stage; <c>null</c> when there is none.</summary>
    public ChoiceResult? Choice(FitStage stage) => stage.ChoosingTask is int task ? results.GetValueOrDefault(task) as ChoiceResult : null;

    /// <summary>The penalties of a stage; <c>null</c> when they were not chosen.</summary>
    public PenaltyPath? Path(FitStage stage) => stage.Index == 0 ? plan.Path : Choice(plan.Stages[stage.Index - 1])?.Path(stage);

    /// <summary>Scores of a stage: [fold][penalty]; NaN where there is none, because a score never is.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="path">Its penalties; scores at others are left out.</param>
    public double[][] Scores(FitStage stage, PenaltyPath path)
    {
        double[][] scores = [.. plan.Folds.Select(_ => Enumerable.Repeat(double.NaN, stage.Penalties).ToArray())];
        foreach (ScoreResult result in Of(stage).Where(result => result.IsAt(path)))
        {
            for (int i = 0; i < result.Scores.Length; i++)
            {
                scores[result.Fold][result.PenaltyIndices[i]] = result.Scores[i];
            }
        }

        return scores;
    }

    /// <summary>Tasks of a stage without a result.</summary>
    public int[] Missing(FitStage stage) => [.. Enumerable.Range(stage.FirstTask, stage.Tasks).Where(task => !results.ContainsKey(task))];

    /// <summary>The iteration that follows from all scores of a stage; <c>null</c> when some are missing.</summary>
    public FitIteration? Chosen(FitStage stage) => Path(stage) is { } path && Missing(stage).Length == 0
        ? PreparedFit.Choose(path, Scores(stage, path), Rule)
        : null;

    /// <summary>Choices that do not follow from the scores, and scores at penalties that were not chosen.</summary>
    public IReadOnlyDictionary<int, string> Contradictions()
    {
        Dictionary<int, string> wrong = [];
        foreach (FitStage stage in plan.Stages)
        {
            bool isSettled = !plan.Stages.Take(stage.Index).Any(before => wrong.ContainsKey(before.ChoosingTask!.Value));
            if (isSettled && Path(stage) is { } path)
            {
                foreach (ScoreResult result in Of(stage).Where(result => !result.IsAt(path)))
                {
                    wrong[result.Task] = $"task {result.Task} was scored at penalties that task {plan.Stages[stage.Index - 1].ChoosingTask} did not choose; delete the file, or the choice";
                }
            }

            if (isSettled && Choice(stage) is { } choice && Chosen(stage) is { } chosen && !choice.IsOf(chosen) && !Of(stage).Any(result => wrong.ContainsKey(result.Task)))
            {
                wrong[choice.Task] = $"task {choice.Task} chose what does not follow from the scores of stage {stage.Index + 1}; delete the file";
            }
        }

        return wrong;
    }

    private IEnumerable<ScoreResult> Of(FitStage stage) =>
        Enumerable.Range(stage.FirstTask, stage.Tasks).Select(task => results.GetValueOrDefault(task)).OfType<ScoreResult>();
}
