namespace SparseSC.Core.Tests.Effects;

/// <summary>The test of uniformity of Kolmogorov and Smirnov.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>Asymptotic p-value with Stephens' correction (Stephens 1970, JRSS B 32(1)).</summary>
    public static double PValue(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int n = sorted.Length;
        double distance = 0;
        for (int i = 0; i < n; i++)
        {
            distance = Math.Max(distance, Math.Max(((i + 1.0) / n) - sorted[i], sorted[i] - ((double)i / n)));
        }

        double scaled = distance * (Math.Sqrt(n) + 0.12 + (0.11 / Math.Sqrt(n)));
        double sum = 0;
        for (int k = 1; k < 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * scaled * scaled);
        }

        return Math.Clamp(sum, 0, 1);
    }
}
