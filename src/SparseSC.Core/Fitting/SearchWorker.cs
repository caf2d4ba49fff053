using SparseSC.Core.Errors;
using SparseSC.Core.Objectives;
using SparseSC.Core.Units;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Fitting;

/// <summary>The scratch memory of one thread: objectives, search and scoring. Reused from problem to problem.</summary>
internal sealed class SearchWorker(string optimizer)
{
    private readonly ISearch _search = Optimizers.Create(optimizer);
    private readonly BlockEvaluator _scoring = new();
    private readonly BlockScratch _scratch = new();
    private FoldObjective? _folds;
    private LeaveOneOutObjective? _leaveOneOut;

    /// <summary>The objective of a problem at given penalties.</summary>
    public IObjective Objective(SearchProblem problem, double w, double lambda)
    {
        if (problem.Folds is not null)
        {
            _folds ??= new FoldObjective();
            _folds.Bind(problem.Folds, w, lambda);
            return _folds;
        }

        _leaveOneOut ??= new LeaveOneOutObjective();
        _leaveOneOut.Bind(problem.LeaveOneOut!, w, lambda);
        return _leaveOneOut;
    }

    /// <summary>Searches v from the start in <paramref name="v"/>.</summary>
    /// <exception cref="ConvergenceException">The search failed.</exception>
    public void Search(SearchProblem problem, double w, double lambda, Span<double> v, SearchOptions options, CancellationToken cancellationToken)
    {
        bool isShared = Optimizers.IgnoresVPen(optimizer, options.FeasibleSet);
        IObjective objective = Objective(problem, w, isShared ? 0 : lambda);

        // First-order conditions are met to a millionth of what the penalty adds to each slope. On the simplex there is no penalty, and at
        // a small unit-weight penalty slopes say little: they change a thousandfold within a thousandth of a weight.
        SearchOptions own = isShared
            ? options with { GradientTolerance = SimplexTolerance(objective, v), DecrementTolerance = 1e-6 }
            : options with { GradientTolerance = 1e-6 * (1 + lambda) };
        SearchResult result = _search.Minimize(objective, v, own, cancellationToken);
        if (result.Status == SearchStatus.IterationLimit)
        {
            throw new ConvergenceException($"The search for feature weights at v penalty {lambda:R}, w penalty {w:R} did not converge in {options.MaxIterations} iterations. Raise {{MaxIter}} or {{Tol}}.");
        }

        if (result.Status == SearchStatus.NoFirstStep)
        {
            throw new ConvergenceException($"The search for feature weights at {{VPen}} {lambda:R}, {{WPen}} {w:R} found no first step that improves the objective. Give a larger {{WPen}}, or leave out features that do not vary.") { FoundNoStep = true };
        }
    }

    /// <summary>
    /// A share of the value at the start. On the simplex no convex function lies further above its minimum than the largest violation
    /// of the first-order conditions, and the start is where no feature is preferred to another unless one is given.
    /// </summary>
    private static double SimplexTolerance(IObjective objective, Span<double> v)
    {
        if (!v.ContainsAnyExcept(0.0))
        {
            v.Fill(1.0 / v.Length);
        }

        return 1e-8 * objective.Value(v);
    }

    /// <summary>Σ‖e‖² of a block at given v and w.</summary>
    public double Score(DonorBlock block, double w, ReadOnlySpan<double> v)
    {
        _scoring.Bind(block, w);
        SupportSet support = new(v.Length);
        support.Set(v);
        return _scoring.Value(support, _scratch);
    }
}
