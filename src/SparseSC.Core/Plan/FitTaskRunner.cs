using SparseSC.Core.Data;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Plan;

/// <summary>Scores folds at penalties.</summary>
internal sealed class FitTaskRunner : ITaskRunner
{
    private readonly PlanParameters _plan;
    private readonly PreparedFit _prepared;
    private readonly int[] _left;

    public FitTaskRunner(PlanParameters plan, FitData data)
    {
        _plan = plan;
        _prepared = plan.Prepare(data);
        _left = new int[plan.Folds.Count];
    }

    public Func<int, CancellationToken, TaskResult> CreateWorker()
    {
        SearchWorker worker = new(_plan.Options.Optimizer);
        return (index, cancellationToken) =>
        {
            PlanTask task = _plan.Task(index);
            double[] scores = _prepared.Score(task.Fold, task.PenaltyIndices, _plan.Path, worker, cancellationToken);
            return new ScoreResult(index, task.Fold, task.PenaltyIndices, scores);
        };
    }

    public void Expect(IReadOnlyList<int> tasks)
    {
        foreach (int task in tasks)
        {
            _left[_plan.Task(task).Fold]++;
        }
    }

    public void Finish(int task)
    {
        int fold = _plan.Task(task).Fold;
        if (Interlocked.Decrement(ref _left[fold]) == 0)
        {
            _prepared.Release(fold);
        }
    }
}
