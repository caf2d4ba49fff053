using SparseSC.Numerics.Random;

namespace SparseSC.Numerics.Regression;

/// <summary>Which ridge penalties may be the best one, where donors are too many to try all of them on each.</summary>
/// <remarks>
/// The error of a donor is that of a regression it takes part in, whose sum over all donors is known from moments, and a difference that
/// is small where leverages are: the sum of the differences is estimated from a sample of the donors. A penalty whose estimate lies
/// far above the lowest, next to the sampling error of the two's difference, cannot be the best.
/// </remarks>
internal static class RidgeCandidates
{
    /// <summary>Donors from which on it pays.</summary>
    public const int FewestDonors = 50_000;

    private const int SampledBlocks = 256;
    private const uint Seed = 110011;

    // With larger leverages a few donors that are not in the sample may decide.
    private const double LargestLeverage = 0.1;

    // The chance of an error of so many standard errors is below 1e-20 even when it is shared by forty penalties.
    private const double StandardErrors = 12;
    private const double Rounding = 1e-13;

    /// <summary>Indices of the penalties that may be the best, ascending.</summary>
    public static int[] Of(RidgeGoals goals, int donors, double[] penalties, ParallelOptions parallel)
    {
        int[] all = [.. Enumerable.Range(0, penalties.Length)];
        (double[] plain, double leverage) = goals.PlainErrors(penalties, parallel);
        if (!(leverage <= LargestLeverage))
        {
            return all;
        }

        int[] blocks = Sample(donors / RidgeGoals.BlockRows);
        double[][] sampledPlain = new double[blocks.Length][];
        double[][] sampled = goals.ErrorsByBlock(blocks, penalties, sampledPlain, parallel);
        double[] outside = goals.OutsideErrors(penalties, parallel);
        double scale = (double)donors / (blocks.Length * RidgeGoals.BlockRows);
        double[] totals = [.. all.Select(p => plain[p] + outside[p] + (scale * Enumerable.Range(0, blocks.Length).Sum(b => sampled[b][p] - sampledPlain[b][p])))];
        if (!Array.TrueForAll(totals, double.IsFinite))
        {
            return all;
        }

        int best = Array.IndexOf(totals, totals.Min());
        return [.. all.Where(p =>
        {
            double[] differences =
                [.. sampled.Select((errors, b) => errors[p] - sampledPlain[b][p] - (errors[best] - sampledPlain[b][best]))];
            double mean = differences.Average();
            double deviation = Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / (blocks.Length - 1));
            double error = scale * Math.Sqrt(blocks.Length) * deviation;
            return totals[p] - totals[best] <= (StandardErrors * error) + (Rounding * totals[best]);
        })];
    }

    // Whole blocks, each with the same chance, in ascending order.
    private static int[] Sample(int blocks)
    {
        MersenneTwister random = new(Seed);
        int[] order = [.. Enumerable.Range(0, blocks)];
        random.Draw(order.AsSpan(), SampledBlocks);
        return [.. order.Take(SampledBlocks).Order()];
    }
}
