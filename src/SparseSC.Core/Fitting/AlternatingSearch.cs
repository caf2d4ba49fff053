namespace SparseSC.Core.Fitting;

/// <summary>Cross-validates one penalty at a time until the stopping rule says so; the last iteration is the model.</summary>
internal sealed class AlternatingSearch
{
    private readonly FitProblem _problem;
    private readonly FitOptions _options;
    private readonly IProgress<FitProgress>? _progress;
    private readonly ParallelOptions _parallel;
    private readonly WeightConstraint _constraint;

    public AlternatingSearch(FitProblem problem, FitOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        _problem = problem;
        _options = options;
        _progress = progress;
        _parallel = JointFit.Parallel(options, cancellationToken);
        _constraint = JointFit.ResolveConstraint(options);
    }

    public SyntheticControlFit Run()
    {
        PenaltySchedule schedule = new(_problem, _options);
        bool once = JointFit.HasBothPenalties(_options);
        return Run(schedule, [], iterations => once || ShouldStop(iterations[^1], iterations.Count > 1 ? iterations[^2] : null, iterations.Count - 1), null);
    }

    /// <summary>Goes on after a first iteration that was scored elsewhere, up to a number of iterations.</summary>
    /// <param name="first">The penalties chosen in it.</param>
    /// <param name="iterations">All iterations, the first included; at least 2.</param>
    /// <param name="lastChoice">How the last one chooses; the others choose as the options say.</param>
    public SyntheticControlFit Continue(FitIteration first, int iterations, LastChoice lastChoice)
    {
        PenaltySchedule schedule = new(_problem, _options);
        schedule.Chosen(schedule.IsVAxis, first.FittedVPen, first.FittedWPen);
        return Run(schedule, [first], done => done.Count >= iterations, number => number == iterations ? lastChoice : null);
    }

    private SyntheticControlFit Run(
        PenaltySchedule schedule, List<FitIteration> iterations, Func<List<FitIteration>, bool> shouldStop, Func<int, LastChoice?>? choices)
    {
        while (true)
        {
            bool vAxis = schedule.IsVAxis;
            PenaltyPath path = schedule.Next();
            double[][] scores = Score(path, iterations.Count);
            LastChoice choice = choices?.Invoke(iterations.Count + 1) ?? new LastChoice(_options.Choice, _options.ChoiceCallback);
            FitIteration current = Choose(path, scores, choice.Rule, choice.Callback);
            iterations.Add(current);
            if (shouldStop(iterations))
            {
                _progress?.Report(new FitProgress("Fitting the model", iterations.Count - 1, 0, 1));
                SyntheticControlFit fit = ModelAssembly.Build(_problem, _options, _constraint, iterations, scores, _parallel);
                _progress?.Report(new FitProgress("Fitting the model", iterations.Count - 1, 1, 1));
                return fit;
            }

            schedule.Chosen(vAxis, current.FittedVPen, current.FittedWPen);
        }
    }

    /// <summary>Turns fold scores into an iteration.</summary>
    public static FitIteration Choose(PenaltyPath path, double[][] byFold, PenaltyChoice choice, Func<IReadOnlyList<double>, int>? callback)
    {
        (double[] scores, double[] errors) = PenaltySelection.Aggregate(byFold);
        int? selected = path.Varies == PenaltyAxis.None ? null : PenaltySelection.Choose(scores, errors, choice, callback);
        return new FitIteration
        {
            VPen = path.VPen,
            WPen = path.WPen,
            Scores = scores,
            ScoreStandardErrors = errors,
            SelectedIndex = selected,
            FittedVPen = path.V(selected ?? 0),
            FittedWPen = path.W(selected ?? 0),
            Score = scores[selected ?? 0],
        };
    }

    private double[][] Score(PenaltyPath path, int iteration)
    {
        string stage = path.Varies == PenaltyAxis.W ? "Cross-validating the unit-weight penalty" : "Cross-validating the feature-weight penalty";
        int total = _problem.CvFolds.Length * path.Count;
        int done = 0;
        _progress?.Report(new FitProgress(stage, iteration, 0, total));
        CrossValidation validation = new(_problem, _options, _constraint);
        return validation.ScoreAll(path, _parallel, () =>
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

/// <summary>How the last iteration chooses its penalty.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Callback">Replaces it: scores to index.</param>
internal readonly record struct LastChoice(PenaltyChoice Rule, Func<IReadOnlyList<double>, int>? Callback);
