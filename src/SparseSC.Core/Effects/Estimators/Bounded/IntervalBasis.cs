using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>A fit as its prediction intervals need it: outcomes, weights, and which of these count.</summary>
internal sealed class IntervalBasis
{
    private const double LargestRho = 0.2;
    private const double SmallRho = 1e-3;
    private const double LowRho = 0.05;
    private const double Active = 1e-6;
    private const int Spare = 10;

    /// <param name="method">The estimator of the weights.</param>
    /// <param name="fit">Its fit before the treatment.</param>
    /// <param name="donors">J rows of all outcomes.</param>
    /// <param name="target">Outcomes of the treated unit.</param>
    /// <param name="pre">T0.</param>
    /// <param name="differences">Whether residuals are explained by first differences of donors' outcomes.</param>
    public IntervalBasis(EffectMethod method, BoundedFit fit, double[][] donors, double[] target, int pre, bool differences)
    {
        Method = method;
        Fit = fit;
        Donors = donors;
        Pre = pre;
        Synthetic = [.. target.Select((_, t) => donors.Select((row, j) => fit.Weights[j] * row[t]).Sum())];
        Residuals = [.. Enumerable.Range(0, pre).Select(t => target[t] - Synthetic[t])];
        Taken = fit.Weights.Count(weight => Math.Abs(weight) >= Active);
        Rho = Regularisation();
        int first = differences ? 1 : 0;
        Kept = Residuals[first..];
        int[] columns = method is EffectMethod.Simplex or EffectMethod.Lasso ? Counted() : [.. Enumerable.Range(0, donors.Length)];

        // Few periods explain residuals by a constant alone.
        int[] explained = Kept.Length - Spare <= columns.Length + 1 ? [] : columns;
        double[] Row(int t) => [.. explained.Select(j => donors[j][t] - (differences ? donors[j][t - 1] : 0)), 1];
        Design = [.. Enumerable.Range(first, pre - first).Select(Row)];
        After = [.. Enumerable.Range(pre, target.Length - pre).Select(Row)];
    }

    public EffectMethod Method { get; }

    public BoundedFit Fit { get; }

    public double[][] Donors { get; }

    public int Pre { get; }

    /// <summary>B w at all times.</summary>
    public double[] Synthetic { get; }

    /// <summary>Before the treatment.</summary>
    public double[] Residuals { get; }

    /// <summary>Those of the periods that <see cref="Design"/> has.</summary>
    public double[] Kept { get; }

    /// <summary>Donors whose weight is not 0.</summary>
    public int Taken { get; }

    /// <summary>ρ: weights below it count as 0.</summary>
    public double Rho { get; }

    /// <summary>What explains residuals before the treatment.</summary>
    public double[][] Design { get; }

    /// <summary>The same after it.</summary>
    public double[][] After { get; }

    private int[] Counted()
    {
        int[] counted = [.. Enumerable.Range(0, Donors.Length).Where(j => Math.Abs(Fit.Weights[j]) > Rho)];
        return counted.Length > 0 ? counted : [Array.IndexOf(Fit.Weights, Fit.Weights.Max())];
    }

    // The rate at which weights are known, from the noise and the donors' variances. Source: Cattaneo, Feng, Palomba, Titiunik (2025), appendix.
    private double Regularisation()
    {
        double mean = Residuals.Average();
        double noise = Math.Sqrt(Residuals.Average(residual => (residual - mean) * (residual - mean)));
        double[] deviations = [.. Donors.Select(row => Deviation(row.AsSpan(0, Pre)))];
        double rate = Math.Sqrt(Math.Log(Donors.Length) * Taken * Math.Log(Pre)) / Math.Sqrt(Pre);
        double least = deviations.Min();
        double ofLevels = Math.Min(LargestRho, deviations.Max() * noise / (least * least) * rate);
        double rho = ofLevels >= SmallRho ? ofLevels : Math.Max(ofLevels, Math.Min(LargestRho, noise / least * rate));
        return ofLevels >= SmallRho || rho >= LowRho ? rho : LargestRho;
    }

    private static double Deviation(ReadOnlySpan<double> values)
    {
        double mean = 0;
        foreach (double value in values)
        {
            mean += value / values.Length;
        }

        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / (values.Length - 1));
    }
}
