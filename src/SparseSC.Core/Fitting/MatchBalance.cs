using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>Predictor by predictor, the treated beside their synthetic control and the plain mean of their donors.</summary>
internal static class MatchBalance
{
    /// <summary>The balance of a fit that has its unit weights, in the features' own units.</summary>
    /// <param name="data">What was fitted.</param>
    /// <param name="fit">The model, with treated units.</param>
    /// <param name="pool">N×C: who may be a donor of whom, or <c>null</c>.</param>
    public static BalanceRow[] Of(FitData data, SyntheticControlFit fit, bool[,]? pool)
    {
        double[] synthetic = Synthetic(data, fit.ControlUnits, MatrixRows.Rows(fit.Weights!, [.. fit.TreatedUnits.Select(fit.WeightRow)]));
        bool IsDonor(int j) => Array.Exists(fit.TreatedUnits, unit => unit != fit.ControlUnits[j] && (pool is null || pool[unit, j]));
        int[] donors = [.. Enumerable.Range(0, fit.ControlUnits.Length).Where(IsDonor).Select(j => fit.ControlUnits[j])];
        return Of(data, fit.TreatedUnits, donors, synthetic);
    }

    /// <summary>Per feature the mean of what some units' weights make of the donors.</summary>
    /// <param name="data">What was fitted.</param>
    /// <param name="controls">Rows of the donors.</param>
    /// <param name="weights">A row per unit, a column per donor.</param>
    public static double[] Synthetic(FitData data, int[] controls, double[,] weights)
    {
        double[] synthetic = new double[data.Features.Columns];
        for (int j = 0; j < controls.Length; j++)
        {
            double weight = 0;
            for (int unit = 0; unit < weights.GetLength(0); unit++)
            {
                weight += weights[unit, j] / weights.GetLength(0);
            }

            ReadOnlySpan<double> donor = data.Features.Row(controls[j]);
            for (int k = 0; k < synthetic.Length && weight != 0; k++)
            {
                synthetic[k] += weight * donor[k];
            }
        }

        return synthetic;
    }

    /// <summary>The same of synthetic values that are there.</summary>
    /// <param name="data">What was fitted.</param>
    /// <param name="treated">Rows of the treated.</param>
    /// <param name="donors">Rows of the donors.</param>
    /// <param name="synthetic">Per feature the mean synthetic value of the treated, as the features were fitted.</param>
    public static BalanceRow[] Of(FitData data, int[] treated, int[] donors, double[] synthetic)
    {
        FeatureMatrix x = data.Features;
        return [.. Enumerable.Range(0, x.Columns).Select(k =>
        {
            double Own(double value) => data.Scaling is { } scaling ? (value * scaling.Scale[k]) + scaling.Centre[k] : value;
            return Row(
                x.ColumnNames?[k] ?? k.ToString(CultureInfo.InvariantCulture),
                treated.Average(unit => Own(x[unit, k])),
                Own(synthetic[k]),
                [.. donors.Select(unit => Own(x[unit, k]))]);
        })];
    }

    /// <summary>One row.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="treated">Its value for the treated.</param>
    /// <param name="synthetic">Its value for the synthetic control.</param>
    /// <param name="donors">Its values for the donors.</param>
    public static BalanceRow Row(string predictor, double treated, double synthetic, double[] donors)
    {
        double mean = donors.Length == 0 ? double.NaN : donors.Average();
        double squares = donors.Sum(value => (value - mean) * (value - mean));
        return new BalanceRow
        {
            Predictor = predictor,
            Treated = treated,
            Synthetic = synthetic,
            DonorMean = mean,
            DonorDeviation = donors.Length < 2 ? double.NaN : Math.Sqrt(squares / (donors.Length - 1)),
        };
    }
}
