using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Core.Units;
using SparseSC.Numerics.Optimization;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Fitting;

/// <summary>Scores penalties by fold. Every (fold, penalty) is computed the same way wherever and in whatever order it runs.</summary>
internal sealed class CrossValidation
{
    private static readonly ParallelOptions Sequential = new() { MaxDegreeOfParallelism = 1 };
    private readonly FitProblem _problem;
    private readonly FitOptions _options;
    private readonly SearchOptions _search;
    private readonly FoldContext?[] _contexts;
    private readonly object[] _locks;

    public CrossValidation(FitProblem problem, FitOptions options, WeightConstraint constraint)
    {
        _problem = problem;
        _options = options;
        _search = Optimizers.Options(options, constraint);
        _contexts = new FoldContext?[problem.CvFolds.Length];
        _locks = [.. problem.CvFolds.Select(_ => new object())];
    }

    /// <summary>Whether the penalties of a fold depend on each other, so that one worker must try them in order.</summary>
    public static bool IsSequential(FitOptions options) => options.WPenInner || options.Cache;

    /// <summary>Scores one fold at the given penalties, in order.</summary>
    public double[] ScoreFold(int fold, IReadOnlyList<int> penalties, PenaltyPath path, SearchWorker worker, Action? onSearchDone, CancellationToken cancellationToken)
    {
        FoldContext context = Context(fold);
        double[] scores = new double[penalties.Count];
        double[] v = new double[_problem.Data.Features];
        double? innerW = null;
        for (int i = 0; i < scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_options.Cache)
            {
                Array.Clear(v);
            }

            double w = innerW ?? path.W(penalties[i]);
            if (i > 0 && SharesSearch(path))
            {
                scores[i] = scores[i - 1];
                onSearchDone?.Invoke();
                continue;
            }

            worker.Search(context.Search, w, path.V(penalties[i]), v, _search, cancellationToken);
            if (_options.WPenInner)
            {
                (int[] donors, int[] goals) = _problem.RidgeUnits(fold);
                innerW = RidgePenalty.Choose(_problem.Data, donors, goals, v, _options.WPenGrid, Sequential);
                w = innerW.Value;
            }

            scores[i] = worker.Score(context.Scoring, w, v);
            onSearchDone?.Invoke();
        }

        return scores;
    }

    /// <summary>Forgets what was prepared for a fold, so that large problems keep only the folds being worked on.</summary>
    public void Release(int fold) => Volatile.Write(ref _contexts[fold], null);

    /// <summary>Scores all penalties of the path by fold: result [fold][penalty].</summary>
    public double[][] ScoreAll(PenaltyPath path, ParallelOptions parallel, Action onSearchDone)
    {
        int folds = _problem.CvFolds.Length;
        int penalties = path.Count;
        bool sequential = IsSequential(_options) || SharesSearch(path);
        int perFold = sequential ? 1 : penalties;
        int[] all = [.. Enumerable.Range(0, penalties)];
        double[][] scores = [.. Enumerable.Range(0, folds).Select(_ => new double[penalties])];
        int[] left = [.. Enumerable.Repeat(perFold, folds)];
        OrderedWork.Run(folds * perFold, parallel, () => new SearchWorker(_options.Optimizer), (task, worker) =>
        {
            int fold = task / perFold;
            int[] mine = sequential ? all : [task % perFold];
            double[] result = ScoreFold(fold, mine, path, worker, onSearchDone, parallel.CancellationToken);
            for (int i = 0; i < mine.Length; i++)
            {
                scores[fold][mine[i]] = result[i];
            }

            if (Interlocked.Decrement(ref left[fold]) == 0)
            {
                Release(fold);
            }
        });
        return scores;
    }

    /// <summary>Whether one search of a fold, and so its score, serves every penalty of a path.</summary>
    private bool SharesSearch(PenaltyPath path)
        => path.Varies == PenaltyAxis.V && !IsSequential(_options) && Optimizers.IgnoresVPen(_options.Optimizer, _search.FeasibleSet);

    private FoldContext Context(int fold)
    {
        FoldContext? context = Volatile.Read(ref _contexts[fold]);
        if (context is not null)
        {
            return context;
        }

        // Each fold has a lock of its own: with many units most of the time goes into this.
        lock (_locks[fold])
        {
            return _contexts[fold] ??= Prepare(fold);
        }
    }

    private FoldContext Prepare(int fold)
    {
        SearchProblem search = _problem.Search(_problem.CvFolds[fold].Train);
        return new FoldContext(search, _problem.Scoring(fold, search));
    }

    /// <summary>What all penalties of a fold share.</summary>
    private sealed record FoldContext(SearchProblem Search, DonorBlock Scoring);
}
