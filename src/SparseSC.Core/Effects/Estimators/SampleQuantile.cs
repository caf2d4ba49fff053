namespace SparseSC.Core.Effects.Estimators;

/// <summary>Quantiles of a sample, linear between its order statistics, as R's type 7.</summary>
internal static class SampleQuantile
{
    /// <summary>A quantile of numbers in ascending order.</summary>
    public static double Of(double[] sorted, double share)
    {
        double place = (sorted.Length - 1) * share;
        int below = (int)Math.Floor(place);
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((place - below) * (above - sorted[below]));
    }
}
