using System.Collections.Concurrent;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>Scores folds at penalties, and chooses from the scores of a stage what the next one tries.</summary>
internal sealed class FitTaskRunner : ITaskRunner
{
    private readonly PlanParameters _plan;
    private readonly PreparedFit _prepared;
    private readonly int[] _left;
    private readonly ConcurrentDictionary<int, TaskResult> _known = new();
    private readonly FitStageResults _results;

    public FitTaskRunner(PlanParameters plan, FitData data)
    {
        _plan = plan;
        _prepared = plan.Prepare(data);
        _left = new int[plan.Folds.Count];
        _results = new FitStageResults(plan, _known);
    }

    public Func<int, CancellationToken, TaskResult> CreateWorker()
    {
        SearchWorker worker = new(_plan.Options.Optimizer);
        return (index, cancellationToken) =>
        {
            FitStage stage = _plan.StageOf(index);
            return index == stage.ChoosingTask ? Choose(stage) : Score(stage, stage.Task(index), worker, cancellationToken);
        };
    }

    public void Learn(IEnumerable<TaskResult> results)
    {
        foreach (TaskResult result in results)
        {
            _known[result.Task] = result;
        }
    }

    public void Expect(IReadOnlyList<int> tasks)
    {
        Array.Clear(_left);
        foreach (PlanTask task in tasks.Select(_plan.Task).Where(task => !task.IsChoice))
        {
            _left[task.Fold]++;
        }
    }

    public void Finish(int task)
    {
        PlanTask done = _plan.Task(task);
        if (!done.IsChoice && Interlocked.Decrement(ref _left[done.Fold]) == 0)
        {
            _prepared.Release(done.Fold);
        }
    }

    private ScoreResult Score(FitStage stage, PlanTask task, SearchWorker worker, CancellationToken cancellationToken)
    {
        PenaltyPath path = _results.Path(stage) ?? throw Waits(
            task.Index, $"its penalties are those that task {_plan.Stages[stage.Index - 1].ChoosingTask} chooses from stage {stage.Index}, and that choice is not there");
        double[] scores = _prepared.Score(task.Fold, task.PenaltyIndices, path, worker, cancellationToken);
        return stage.Index == 0
            ? new ScoreResult(task.Index, task.Fold, task.PenaltyIndices, scores, [], [])
            : new ScoreResult(task.Index, task.Fold, task.PenaltyIndices, scores, [.. task.PenaltyIndices.Select(path.V)], [.. task.PenaltyIndices.Select(path.W)]);
    }

    private ChoiceResult Choose(FitStage stage)
    {
        int task = stage.ChoosingTask!.Value;
        List<FitIteration> done = [];
        foreach (FitStage earlier in _plan.Stages.Take(stage.Index))
        {
            PenaltyPath path = _results.Path(earlier) ?? throw Waits(task, $"the choice from stage {earlier.Index} is not there");
            done.Add(_results.Choice(earlier)?.Iteration(path) ?? throw Waits(task, $"the choice from stage {earlier.Index + 1} is not there"));
        }

        done.Add(_results.Chosen(stage) ?? throw Waits(
            task, $"it chooses from all scores of stage {stage.Index + 1}, and {MissingText.Describe(_plan, _results.Missing(stage), stage.Tasks)}"));
        return ChoiceResult.Of(task, done[^1], _prepared.Path(done));
    }

    private static BatchPlanException Waits(int task, string why) =>
        new("TaskNotReady", $"Task {task} cannot run yet: {why}. Run {{RunMissing}}, or the tasks before it, first.");
}
