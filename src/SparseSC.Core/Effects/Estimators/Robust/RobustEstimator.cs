using SparseSC.Core.Effects.Estimators.Chosen;
using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Robust;

/// <summary>Robust synthetic control of the mean of treated units, for inference over periods.</summary>
/// <remarks>Refits keep the rank and the ridge of the estimate.</remarks>
internal sealed class RobustEstimator(EffectOptions options) : MeanEstimator
{
    /// <inheritdoc/>
    public override EffectMethod Method => EffectMethod.Robust;

    /// <inheritdoc/>
    public override MeanFit Fit(MeanCohort cohort)
    {
        MeanFit fit = Fit(cohort, options.Robust.Rank);
        return RobustModel.Interpolation(fit.Rank!.Value, cohort.Pre, options.Robust.Ridge) is string warning ? fit with { Warnings = [warning] } : fit;
    }

    /// <inheritdoc/>
    public override MeanFit Refit(MeanCohort cohort, MeanFit main, int[] controls) => Fit(cohort, main.Rank);

    /// <inheritdoc/>
    public override IReadOnlyList<MeanReplicate> WithoutEach(MeanPanel panel, IReadOnlyList<MeanFit> fits, ParallelOptions parallel) =>
        throw new NotSupportedException("Units are left out by no inference of this estimator.");

    /// <inheritdoc/>
    public override Func<double, int, double[]> Residuals(MeanCohort cohort, MeanFit main)
    {
        // A supposed effect changes the treated alone; with fixed effects it changes their mean as well.
        MeanCohort deviations = Deviations(cohort);
        DonorFactors factors = Factors(deviations);
        return (effect, last) =>
        {
            MeanCohort supposed = Deviations(cohort.Supposing(effect, last));
            return supposed.Gaps(factors.Weights(supposed.Mean.Outcomes, options.Robust.Ridge, main.Rank!.Value));
        };
    }

    private MeanFit Fit(MeanCohort given, int? rank)
    {
        MeanCohort cohort = Deviations(given);
        DonorFactors factors = Factors(cohort);
        int chosen = rank ?? Choose(cohort);
        double[] weights = factors.Weights(cohort.Mean.Outcomes[..cohort.Pre], options.Robust.Ridge, chosen);
        return new MeanFit(weights, [], cohort.Gaps(weights), [options.Robust.Ridge]) { Rank = factors.Kept(chosen) };
    }

    private int Choose(MeanCohort cohort)
    {
        double[][] rows = [.. cohort.Controls.Select(unit => unit.Outcomes)];
        int count = RankErrors.Count(rows.Length, cohort.Pre);
        double[] equal = [.. Enumerable.Repeat(1.0, cohort.Pre)];
        return rows.Length < 3
            ? 1
            : 1 + ControlSearch.Best(ControlSearch.Run(
                [.. rows.Select(row => row[..cohort.Pre])],
                [.. Enumerable.Range(0, rows.Length)],
                cohort.Mean.Outcomes[..cohort.Pre],
                equal,
                (unit, donors) => RankErrors.Of([.. donors.Select(donor => rows[donor])], rows[unit], cohort.Pre, options.Robust.Ridge, count),
                ParallelLimit.Of(options.MaxDegreeOfParallelism, CancellationToken.None)));
    }

    private static DonorFactors Factors(MeanCohort cohort) => new([.. cohort.Controls.Select(unit => unit.Outcomes)]);

    private MeanCohort Deviations(MeanCohort cohort) => options.Demean ? cohort.Deviations() : cohort;
}
