using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>An estimator that compares the mean of a treatment time's treated units with their donors.</summary>
internal abstract class MeanEstimator
{
    /// <summary>The estimator's name in options.</summary>
    public abstract EffectMethod Method { get; }

    /// <summary>Refuses data that cannot be fitted, or changes them first.</summary>
    /// <exception cref="InvalidInputException">It cannot be fitted.</exception>
    public virtual EffectData Prepare(EffectData data) => data;

    /// <summary>Fits a cohort.</summary>
    public abstract MeanFit Fit(MeanCohort cohort);

    /// <summary>Fits resampled units with the penalties of the fit of all.</summary>
    /// <param name="cohort">The resampled cohort.</param>
    /// <param name="main">The fit of all units.</param>
    /// <param name="controls">Per control of the cohort its position among those of the main fit.</param>
    public abstract MeanFit Refit(MeanCohort cohort, MeanFit main, int[] controls);

    /// <summary>Residuals of a fit to all periods of a cohort, less a supposed effect in its last ones, by the penalties of another fit.</summary>
    public virtual Func<double, int, double[]> Residuals(MeanCohort cohort, MeanFit main) =>
        throw new NotSupportedException($"{Method} does not treat all periods alike.");

    /// <summary>The estimates without each unit in turn, for the jackknife.</summary>
    /// <exception cref="InvalidInputException">There is no such standard error.</exception>
    public abstract IReadOnlyList<MeanReplicate> WithoutEach(MeanPanel panel, IReadOnlyList<MeanFit> fits, ParallelOptions parallel);
}
