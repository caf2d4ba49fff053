namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>One unit over the window of a treatment time.</summary>
/// <param name="Outcomes">T outcomes.</param>
/// <param name="Covariates">K covariates of T values each; <c>NaN</c> where one is missing.</param>
internal sealed record UnitSeries(double[] Outcomes, double[][] Covariates)
{
    /// <summary>The mean of some units.</summary>
    public static UnitSeries Mean(IReadOnlyList<UnitSeries> units) => units.Count == 1
        ? units[0]
        : new UnitSeries(
            Mean([.. units.Select(unit => unit.Outcomes)]),
            [.. Enumerable.Range(0, units[0].Covariates.Length).Select(k => Mean([.. units.Select(unit => unit.Covariates[k])]))]);

    /// <summary>The outcomes less Σ β_k of the covariates, which are gone then.</summary>
    public UnitSeries Without(double[] coefficients)
    {
        double[] outcomes = [.. Outcomes];
        for (int k = 0; k < coefficients.Length; k++)
        {
            for (int t = 0; t < outcomes.Length; t++)
            {
                outcomes[t] -= coefficients[k] * Covariates[k][t];
            }
        }

        return new UnitSeries(outcomes, []);
    }

    /// <summary>The outcomes less their mean over the first periods.</summary>
    public UnitSeries Deviations(int pre)
    {
        double mean = Outcomes.Take(pre).Average();
        return this with { Outcomes = [.. Outcomes.Select(value => value - mean)] };
    }

    /// <summary>All values with those of one period at the end.</summary>
    public UnitSeries Moved(int period) => new(Moved(Outcomes, period), [.. Covariates.Select(values => Moved(values, period))]);

    /// <summary>The values at some periods.</summary>
    public UnitSeries At(int[] periods) => new(
        [.. periods.Select(t => Outcomes[t])], [.. Covariates.Select(values => periods.Select(t => values[t]).ToArray())]);

    private static double[] Moved(double[] values, int period) => [.. values.Where((_, t) => t != period), values[period]];

    private static double[] Mean(double[][] rows)
    {
        double[] mean = new double[rows[0].Length];
        foreach (double[] row in rows)
        {
            for (int t = 0; t < mean.Length; t++)
            {
                mean[t] += row[t];
            }
        }

        for (int t = 0; t < mean.Length; t++)
        {
            mean[t] /= rows.Length;
        }

        return mean;
    }
}
