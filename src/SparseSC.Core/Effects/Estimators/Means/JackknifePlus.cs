using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>Intervals from leaving out one pre-period after the other.</summary>
/// <remarks>
/// Without period t the fit predicts it with an error e_t, and the later periods with d_t for the effect: the interval goes from the α/2 quantile of d_t − |e_t|
/// to the 1 − α/2 quantile of d_t + |e_t|. There is no p-value. Source: Barber, Candès, Ramdas, Tibshirani (2021), Annals of Statistics 49(1), as Ben-Michael et al. (2021) take it over time.
/// </remarks>
internal static class JackknifePlus
{
    /// <summary>Adds the intervals to the effects of the one treatment time.</summary>
    /// <exception cref="InvalidInputException">Treatment times differ (<c>StaggeredTreatment</c>), or there are fewer than 3 pre-periods.</exception>
    public static void Judge(PlaceboInference effect, MeanEstimator estimator, IReadOnlyList<MeanCohort> cohorts, IReadOnlyList<MeanFit> fits, ParallelOptions parallel)
    {
        if (cohorts.Count > 1)
        {
            throw new InvalidInputException(
                "StaggeredTreatment", "{Inference} {Inference:JackknifePlus} needs one treatment time. Estimate the units of one time alone.", "TreatmentTimeColumn");
        }

        MeanCohort cohort = cohorts[0];
        if (cohort.Pre < 3)
        {
            throw new InvalidInputException(
                "TooFewPrePeriods", $"{{Inference}} {{Inference:JackknifePlus}} leaves out one of {cohort.Pre} periods before the treatment; at least 3 are needed.", "Inference");
        }

        int[] controls = [.. Enumerable.Range(0, cohort.Controls.Length)];
        double[][] left = new double[cohort.Pre][];
        OrderedWork.Run(left.Length, parallel, () => 0, (t, _) => left[t] = estimator.Refit(cohort.Moved(t), fits[0], controls).Differences);
        effect.PlaceboCount = left.Length;
        for (int j = 0; j < effect.PerPeriod.Length; j++)
        {
            Set(effect.PerPeriod[j], effect.Level, left, differences => differences[cohort.Pre - 1 + j]);
        }

        Set(effect.Average, effect.Level, left, differences => differences[(cohort.Pre - 1)..^1].Average());
    }

    private static void Set(EffectValue value, double level, double[][] left, Func<double[], double> effectOf)
    {
        double[] lows = [.. left.Select(differences => effectOf(differences) - Math.Abs(differences[^1])).Order()];
        double[] highs = [.. left.Select(differences => effectOf(differences) + Math.Abs(differences[^1])).Order()];
        value.CiLow = SampleQuantile.Of(lows, (1 - level) / 2);
        value.CiHigh = SampleQuantile.Of(highs, (1 + level) / 2);
    }
}
