using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Core.Units;
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
        Steps steps = new(data, options, progress, cancellationToken);
        progress?.Report(new FitProgress("Fitting the model", 0, 0, 1));
        SyntheticControlFit fit = FastModelAssembly.Build(data, steps.Units, steps.Roles, options, steps.Weights, steps.Penalty.Penalty, steps.Parallel);
        MatchQuality.Note(data, fit, options.DonorPool);
        CovariateScaling.Describe(data, fit);
        string?[] warnings = [.. data.Warnings, LookAlikes.Warning(data.UnitNames), SmallSample.Lasso(options.MatchSpace, steps.Roles), .. fit.Warnings, steps.Penalty.Warning];
        fit.Warnings = [.. warnings.OfType<string>()];
        fit.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        return fit;
    }
    /// <summary>The donors, feature weights and penalty that <see cref="Run"/> would choose, without anything made of them.</summary>
    internal static DonorModel Choose(FitData data, FastFitOptions options, CancellationToken cancellationToken)
    {
        Steps steps = new(CovariateScaling.Apply(data, options.Scale, options.ModelType), options, null, cancellationToken);
        return new DonorModel(steps.Roles.ControlUnits, steps.Weights.V, steps.Penalty.Penalty);
    }

    // From data to feature weights and penalty.
    private sealed class Steps
    {
        public Steps(FitData data, FastFitOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
        {
            FastFitValidator.Check(data, options);
            Roles = new UnitRoles(data, options.ModelType);
            Units = new UnitData(data.Features, data.Targets);
            Parallel = ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken);
            UnitPenalty penalty = new(Units, Roles, options, Parallel);
            Weights = data.Features.Columns == 0
                ? new FeatureWeights([], double.NaN)
                : MatchSpaceMaker.Make(
                    new MatchSpaceProblem(
                        Units, Roles.Rows, Roles.TreatedUnits, options.MatchSpace, Parallel,
                        (done, total) => progress?.Report(new FitProgress("Choosing the match space", 0, done, total))),
                    penalty.MatchingScore);
            progress?.Report(new FitProgress("Choosing the unit-weight penalty", 0, 0, 1));
            Penalty = penalty.Choose(Weights.V);
        }

        public UnitRoles Roles { get; }

        public UnitData Units { get; }

        public ParallelOptions Parallel { get; }

        public FeatureWeights Weights { get; }

        public UnitPenaltyChoice Penalty { get; }
    }
}
