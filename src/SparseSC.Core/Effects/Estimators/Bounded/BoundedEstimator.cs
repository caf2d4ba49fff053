using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>The mean of treated units by weights of its donors, for inference over periods: simplex, lasso, ridge, least squares, and equal ones.</summary>
/// <remarks>Every period fitted counts alike, as this inference needs. Refits keep the bound of the ridge.</remarks>
internal sealed class BoundedEstimator(EffectOptions options) : MeanEstimator
{
    /// <inheritdoc/>
    public override EffectMethod Method => options.Method;

    private bool HasEqualWeights => Method == EffectMethod.DifferenceInDifferences;

    /// <inheritdoc/>
    public override EffectData Prepare(EffectData data)
    {
        if (data.CovariateCount == 0)
        {
            return data;
        }

        // Equal weights are fitted to nothing, covariates least of all.
        return HasEqualWeights
            ? new EffectData(data.Outcomes, data.TreatmentPeriods) { Warnings = data.Warnings, TimeFormat = data.TimeFormat }
            : throw new InvalidInputException(
                "InferenceWithCovariates",
                $"{{Inference}} {{Inference:{options.Inference}}} of {{Estimator}} {{Estimator:{Method}}} needs a fit that treats all periods alike, which one on covariates does not. "
                    + "Leave {Covariates} out.",
                "Inference");
    }

    /// <inheritdoc/>
    public override MeanFit Fit(MeanCohort cohort) => Fit(cohort, bound: null);

    /// <inheritdoc/>
    public override MeanFit Refit(MeanCohort cohort, MeanFit main, int[] controls) => Fit(cohort, main.Penalties[0]);

    /// <inheritdoc/>
    public override IReadOnlyList<MeanReplicate> WithoutEach(MeanPanel panel, IReadOnlyList<MeanFit> fits, ParallelOptions parallel) =>
        throw new NotSupportedException("Units are left out one fit a unit, and not of a mean.");

    /// <inheritdoc/>
    public override Func<double, int, double[]> Residuals(MeanCohort cohort, MeanFit main) =>
        (effect, last) => Refit(cohort.Supposing(effect, last), main, []).Differences;

    private MeanFit Fit(MeanCohort given, double? bound)
    {
        MeanCohort cohort = options.Demean || HasEqualWeights ? given.Deviations() : given;
        double[][] donors = [.. cohort.Controls.Select(unit => unit.Outcomes[..cohort.Pre])];
        if (HasEqualWeights)
        {
            double[] equal = [.. donors.Select(_ => 1.0 / donors.Length)];
            return new MeanFit(equal, [], cohort.Gaps(equal), [double.NaN]);
        }

        double[] target = cohort.Mean.Outcomes[..cohort.Pre];
        BoundedFit fit = bound is double size && Method == EffectMethod.Ridge
            ? BoundedFit.Within(size, donors, target)
            : BoundedFit.Of(Method, donors, target).Determined(donors.Length, cohort.Pre);
        return new MeanFit(fit.Weights, [], cohort.Gaps(fit.Weights), [fit.Bound]);
    }
}
