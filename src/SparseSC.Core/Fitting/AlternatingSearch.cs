using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Fitting;

/// <summary>Cross-validates one penalty at a time until the stopping rule says so; the last iteration is the model.</summary>
internal sealed class AlternatingSearch
{
    private readonly PreparedFit _prepared;
    private readonly FitOptions _options;
    private readonly IProgress<FitProgress>? _progress;
    private readonly ParallelOptions _parallel;

    public AlternatingSearch(PreparedFit prepared, FitOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        _prepared = prepared;
        _options = options;
        _progress = progress;
        _parallel = ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken);
    }

    public SyntheticControlFit Run()
    {
        bool once = ConstraintRule.HasBothPenalties(_options);
        return Run([], iterations => once || ShouldStop(iterations[^1], iterations.Count > 1 ? iterations[^2] : null, iterations.Count - 1), _ => _prepared.Rule);
    }

    /// <summary>Goes on after iterations that were scored elsewhere, up to a number of them.</summary>
    /// <param name="done">The iterations before; fewer than <paramref name="iterations"/>.</param>
    /// <param name="iterations">All iterations, those before included.</param>
    /// <param name="last">How the last one chooses; the others choose as the options say.</param>
    public SyntheticControlFit Continue(IReadOnlyList<FitIteration> done, int iterations, ChoiceRule last)
        => Run([.. done], all => all.Count >= iterations, number => number == iterations ? last : _prepared.Rule);

    private SyntheticControlFit Run(List<FitIteration> iterations, Func<List<FitIteration>, bool> shouldStop, Func<int, ChoiceRule> rules)
    {
        while (true)
        {
            PenaltyPath path = _prepared.Path(iterations);
            double[][] scores = Score(path, iterations.Count);
            iterations.Add(PreparedFit.Choose(path, scores, rules(iterations.Count + 1)));
            if (shouldStop(iterations))
            {
                return _prepared.Finish(iterations, scores, _progress, _parallel);
            }
        }
    }

    private double[][] Score(PenaltyPath path, int iteration)
    {
        string stage = path.Varies == PenaltyAxis.W ? "Cross-validating the unit-weight penalty" : "Cross-validating the feature-weight penalty";
        int total = _prepared.Folds * path.Count;
        int done = 0;
        _progress?.Report(new FitProgress(stage, iteration, 0, total));
        return _prepared.ScoreAll(path, _parallel, () =>
        {
            int count = Interlocked.Increment(ref done);
            _progress?.Report(new FitProgress(stage, iteration, count, total));
        });
    }

    private bool ShouldStop(FitIteration current, FitIteration? previous, int iteration)
    {
        if (_options.StoppingCallback is not null)
        {
            return _options.StoppingCallback(current, previous, iteration);
        }

        return _options.StoppingRule >= 1
            ? iteration + 1 >= _options.StoppingRule
            : previous is not null && 1 - (current.Score / previous.Score) < _options.StoppingRule;
    }
}
