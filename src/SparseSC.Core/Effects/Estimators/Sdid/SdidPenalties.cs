using SparseSC.Core.Effects.Estimators.Means;

namespace SparseSC.Core.Effects.Estimators.Sdid;

/// <summary>The penalties of both weights, from the noise of the controls.</summary>
/// <param name="Units">ζ of the unit weights.</param>
/// <param name="Times">ζ of the time weights.</param>
/// <param name="MinDecrease">Where Frank-Wolfe stops.</param>
internal readonly record struct SdidPenalties(double Units, double Times, double MinDecrease)
{
    /// <summary>(N1 T1)^¼ σ, 10⁻⁶ σ and 10⁻⁵ σ, with σ the standard deviation of all first differences of the controls before the treatment.</summary>
    public static SdidPenalties Of(MeanCohort cohort)
    {
        List<double> differences = new(cohort.Controls.Length * (cohort.Pre - 1));
        foreach (UnitSeries control in cohort.Controls)
        {
            for (int t = 1; t < cohort.Pre; t++)
            {
                differences.Add(control.Outcomes[t] - control.Outcomes[t - 1]);
            }
        }

        double mean = differences.Sum() / differences.Count;
        double squares = differences.Sum(difference => (difference - mean) * (difference - mean));
        double sigma = differences.Count < 2 ? 0 : Math.Sqrt(squares / (differences.Count - 1));
        return new SdidPenalties(Math.Sqrt(Math.Sqrt((double)cohort.TreatedCount * cohort.Post)) * sigma, 1e-6 * sigma, 1e-5 * sigma);
    }

    public static SdidPenalties Of(MeanFit fit) => new(fit.Penalties[0], fit.Penalties[1], fit.Penalties[2]);

    public double[] ToArray() => [Units, Times, MinDecrease];
}
