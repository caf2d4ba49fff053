namespace SparseSC.Core.Effects.Estimators.Robust;

/// <summary>How well each number of singular values predicts a control.</summary>
internal static class RankErrors
{
    private const int MostRanks = 20;

    /// <summary>The ranks tried: 1 up to one less than the periods regressed on, and no more than 20.</summary>
    /// <param name="controls">The controls.</param>
    /// <param name="pre">The periods.</param>
    public static int Count(int controls, int pre) => Math.Max(1, Math.Min(MostRanks, Math.Min(pre - 1, controls - 1)));

    /// <summary>The sums of squared errors after the treatment by ranks 1, 2, ….</summary>
    /// <param name="donors">The donors' outcomes.</param>
    /// <param name="own">The control's.</param>
    /// <param name="pre">The first so many lie before the treatment.</param>
    /// <param name="ridge">λ.</param>
    /// <param name="count">How many ranks.</param>
    public static double[] Of(double[][] donors, double[] own, int pre, double ridge, int count)
    {
        DonorFactors factors = new(donors);
        return [.. Enumerable.Range(1, count).Select(rank =>
        {
            double[] weights = factors.Weights(own[..pre], ridge, rank);
            double sum = 0;
            for (int t = pre; t < own.Length; t++)
            {
                double error = own[t];
                for (int j = 0; j < weights.Length; j++)
                {
                    error -= weights[j] * donors[j][t];
                }

                sum += error * error;
            }

            return sum;
        })];
    }
}
