using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>
/// A validated joint fit in the steps that may be made apart from each other: which penalties are tried, the score of a fold at
/// some of them, the choice from all scores, and the model of the last choice.
/// </summary>
/// <remarks>
/// The direct fit takes the steps one after the other; tasks of a plan and its merge take the same ones in several processes. The bits
/// are the same because there is no other code for them.
/// </remarks>
internal sealed class PreparedFit
{
    private readonly FitOptions _options;
    private readonly WeightConstraint _constraint;
    private readonly CrossValidation _validation;
    private readonly PenaltyPath? _first;
    private readonly Lazy<PenaltySchedule> _schedule;

    /// <summary>Prepares a problem that was validated before.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">The options; those that decide folds and units are the problem's own.</param>
    /// <param name="first">The penalties of the first iteration, where they are known already.</param>
    public PreparedFit(FitProblem problem, FitOptions options, PenaltyPath? first = null)
    {
        Problem = problem;
        _options = options;
        _first = first;
        _constraint = ConstraintRule.Resolve(options);
        _validation = new CrossValidation(problem, options, _constraint);
        _schedule = new Lazy<PenaltySchedule>(() => new PenaltySchedule(problem, options));
    }

    /// <summary>The data, units by role and folds.</summary>
    public FitProblem Problem { get; }

    /// <summary>Number of folds.</summary>
    public int Folds => Problem.CvFolds.Length;

    /// <summary>How an iteration chooses, unless it is told otherwise.</summary>
    public ChoiceRule Rule => new(_options.Choice, _options.ChoiceCallback);

    /// <summary>Validates data and options, and makes the folds.</summary>
    /// <param name="data">The data, scaled as they are to be fitted; at least one feature.</param>
    /// <param name="options">The options.</param>
    /// <param name="first">The penalties of the first iteration, where they are known already.</param>
    /// <exception cref="Errors.InvalidInputException">Data or options cannot be used.</exception>
    public static PreparedFit Create(FitData data, FitOptions options, PenaltyPath? first = null) =>
        new(new FitProblem(data, options), options, first);

    /// <summary>The penalties of the next iteration.</summary>
    /// <param name="done">The iterations before it; none for the first.</param>
    public PenaltyPath Path(IReadOnlyList<FitIteration> done) =>
        done.Count == 0 && _first is not null ? _first : _schedule.Value.Next(done);

    /// <summary>Scores one fold at some penalties of a path, in order.</summary>
    public double[] Score(
        int fold,
        IReadOnlyList<int> penalties,
        PenaltyPath path,
        SearchWorker worker,
        CancellationToken cancellationToken,
        Action? onSearchDone = null)
        => _validation.ScoreFold(fold, penalties, path, worker, onSearchDone, cancellationToken);

    /// <summary>Scores every fold at every penalty of a path: result [fold][penalty].</summary>
    public double[][] ScoreAll(PenaltyPath path, ParallelOptions parallel, Action onSearchDone) =>
        _validation.ScoreAll(path, parallel, onSearchDone);

    /// <summary>Forgets what was prepared for a fold, so that large problems keep only the folds being worked on.</summary>
    public void Release(int fold) => _validation.Release(fold);

    /// <summary>The iteration that follows from the scores of all folds.</summary>
    /// <param name="path">The penalties scored.</param>
    /// <param name="byFold">[fold][penalty].</param>
    /// <param name="rule">How one of them is chosen.</param>
    public static FitIteration Choose(PenaltyPath path, double[][] byFold, ChoiceRule rule)
    {
        (double[] scores, double[] errors) = PenaltySelection.Aggregate(byFold);
        int? selected = path.Varies == PenaltyAxis.None ? null : PenaltySelection.Choose(scores, errors, rule.Choice, rule.Callback);
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

    /// <summary>The model at the penalties of the last iteration.</summary>
    /// <param name="iterations">All iterations.</param>
    /// <param name="byFold">The scores of the last one: [fold][penalty].</param>
    /// <param name="progress">Told before and after the search.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public SyntheticControlFit Finish(
        IReadOnlyList<FitIteration> iterations, double[][] byFold, IProgress<FitProgress>? progress, ParallelOptions parallel)
    {
        progress?.Report(new FitProgress("Fitting the model", iterations.Count - 1, 0, 1));
        SyntheticControlFit fit = ModelAssembly.Build(Problem, _options, _constraint, iterations, byFold, parallel);
        progress?.Report(new FitProgress("Fitting the model", iterations.Count - 1, 1, 1));
        return fit;
    }
}

/// <summary>How an iteration chooses its penalty.</summary>
/// <param name="Choice">The rule.</param>
/// <param name="Callback">Replaces it: scores to index.</param>
internal readonly record struct ChoiceRule(PenaltyChoice Choice, Func<IReadOnlyList<double>, int>? Callback);
