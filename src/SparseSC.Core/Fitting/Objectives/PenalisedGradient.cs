namespace SparseSC.Core.Fitting.Objectives;

/// <summary>Adds the penalty to the gradient of Σ‖e‖².</summary>
internal static class PenalisedGradient
{
    /// <summary>
    /// A sum this close to zero, relative to λ, is rounding noise. At the maximum penalty the steepest component is zero by
    /// construction, and a search that takes its noise for a direction would step to nowhere.
    /// </summary>
    private const double Noise = 64 * 2.220446049250313e-16;

    public static void Add(Span<double> gradient, double lambda)
    {
        for (int k = 0; k < gradient.Length; k++)
        {
            double sum = gradient[k] + lambda;
            gradient[k] = Math.Abs(sum) <= Noise * lambda ? 0 : sum;
        }
    }
}
