using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting.Objectives;
using SparseSC.Core.MatchSpace;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Fitting;

/// <summary>
/// The fast fit: feature weights v from a match space, then the penalty on the unit weights, then unit weights and predictions, each
/// once.
/// </summary>
/// <remarks>Source: the package microsoft/SparseSC, <c>fit_fast()</c>, without its misspelt model types.</remarks>
public static class FastFit
{
    /// <summary>Fits a model.</summary>
    /// <param name="data">Features (N×K), targets (N×T) and treated rows. K = 0 gives the null model of equal weights.</param>
    /// <param name="options">Settings.</param>
    /// <param name="progress">Told after every fold; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the fit within one sweep of a lasso.</param>
    /// <exception cref="Errors.InvalidInputException">Data or options cannot be used.</exception>
    /// <exception cref="Errors.SingularSystemException">The unit weights are not unique.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SyntheticControlFit Run(
        FitData data,
        FastFitOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        Stopwatch clock = Stopwatch.StartNew();
        data = CovariateScaling.Apply(data, options.Scale, options.ModelType);
        FastFitValidator.Check(data, options);
        UnitRoles roles = new(data, options.ModelType);
        UnitData units = new(data.Features, data.Targets);
        ParallelOptions parallel = JointFit.Parallel(options.MaxDegreeOfParallelism, cancellationToken);
        UnitPenalty penalty = new(units, roles, options, parallel);
        FeatureWeights weights = data.Features.Columns == 0
            ? new FeatureWeights([], double.NaN)
            : MatchSpaceMaker.Make(
                new MatchSpaceProblem(
                    units, roles.Rows, roles.TreatedUnits, options.MatchSpace, parallel,
                    (done, total) => progress?.Report(new FitProgress("Choosing the match space", 0, done, total))),
                v => penalty.MatchingScore(v));
        progress?.Report(new FitProgress("Choosing the unit-weight penalty", 0, 0, 1));
        UnitPenaltyChoice w = penalty.Choose(weights.V);
        progress?.Report(new FitProgress("Fitting the model", 0, 0, 1));
        SyntheticControlFit fit = FastModelAssembly.Build(data, units, roles, options, weights, w.Penalty, parallel);
        MatchQuality.Note(data, fit, options.DonorPool);
        CovariateScaling.Describe(data, fit);
        string?[] warnings = [.. data.Warnings, LookAlikes.Warning(data.UnitNames), SmallSample.Lasso(options.MatchSpace, roles), .. fit.Warnings, w.Warning];
        fit.Warnings = [.. warnings.OfType<string>()];
        fit.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        return fit;
    }
}
