using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>Residuals of the treated unit when its counterfactual is fitted to all periods under a supposed effect. Immutable.</summary>
internal sealed class ConformalResiduals
{
    private readonly PeriodSample _sample;
    private readonly EffectWindows _windows;
    private readonly bool _demean;
    private readonly bool _hasEqualWeights;
    private readonly double _negligible;

    public ConformalResiduals(PeriodSample sample, EffectWindows windows, bool demean, bool hasEqualWeights)
    {
        _hasEqualWeights = hasEqualWeights;
        _sample = sample;
        _windows = windows;
        _demean = demean;
        _negligible = RoundingNoise.Limit(sample.Outcomes, sample.WindowStart, windows.Length);
    }

    private int Treated => _sample.Treated[0];

    /// <summary>Observed − synthetic after the treatment, by weights fitted to the pre-periods alone.</summary>
    public double[] Effects(out double preRmspe)
    {
        FeatureMatrix pre = Columns([.. Enumerable.Range(0, _windows.PrePeriods)], 0, 0);
        FeatureMatrix all = Columns([.. Enumerable.Range(0, _windows.Length)], 0, 0);
        double[] residuals = Residuals(pre, all);
        double squares = residuals.Take(_windows.PrePeriods).Sum(u => u * u);
        preRmspe = Math.Sqrt(squares / _windows.PrePeriods);
        return residuals[_windows.PrePeriods..];
    }

    /// <summary>How far from 0 a supposed effect can be without being rejected for certain, whatever the weights.</summary>
    /// <remarks>
    /// With weights on the simplex no residual is larger than the largest difference D to a donor. A supposed effect h in m of T periods adds m·h to
    /// the post-periods' sum, and at most (m − 1)·h to any other's; a fixed effect takes m/T of h off every period.
    /// </remarks>
    public double Reach(int[] post)
    {
        int[] columns = [.. Enumerable.Range(0, _windows.PrePeriods), .. post.Select(t => _windows.PrePeriods + t)];
        FeatureMatrix values = Columns(columns, 0, 0);
        double[] means = [.. Enumerable.Range(0, values.Rows).Select(unit => _demean ? Mean(values.Row(unit)) : 0)];
        double largest = 0;
        foreach (int donor in _sample.Controls)
        {
            for (int t = 0; t < columns.Length; t++)
            {
                largest = Math.Max(largest, Math.Abs(values[Treated, t] - means[Treated] - values[donor, t] + means[donor]));
            }
        }

        double share = _demean ? post.Length / (double)columns.Length : 0;
        double excess = (post.Length * (1 - share)) - Math.Max(post.Length * share, Math.Abs(post.Length - 1 - (post.Length * share)));
        return 2 * post.Length * largest / Math.Max(excess, 0.01);
    }

    /// <summary>Residuals of the pre-periods and some post-periods, in this order, under a constant effect in the latter.</summary>
    public double[] Under(double effect, int[] post)
    {
        int[] columns = [.. Enumerable.Range(0, _windows.PrePeriods), .. post.Select(t => _windows.PrePeriods + t)];
        FeatureMatrix values = Columns(columns, effect, post.Length);
        return Residuals(values, values);
    }

    private double[] Residuals(FeatureMatrix fitted, FeatureMatrix predicted)
    {
        double[] v = new double[fitted.Columns];
        Array.Fill(v, 1);
        SimplexWeights solver = new(fitted, v, _demean);
        double[] residuals = new double[predicted.Columns];
        double[] weights = _hasEqualWeights
            ? [.. Enumerable.Repeat(1.0 / _sample.Controls.Length, _sample.Controls.Length)]
            : solver.Solve(Treated, _sample.Controls, new SimplexScratch());
        solver.Predict(Treated, _sample.Controls, weights, predicted, residuals);
        for (int t = 0; t < residuals.Length; t++)
        {
            residuals[t] = RoundingNoise.Clean(predicted[Treated, t] - residuals[t], _negligible);
        }

        return residuals;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private FeatureMatrix Columns(int[] columns, double effect, int affected)
    {
        int units = _sample.Units.Length;
        double[] values = new double[units * columns.Length];
        for (int unit = 0; unit < units; unit++)
        {
            Span<double> row = values.AsSpan(unit * columns.Length, columns.Length);
            for (int t = 0; t < columns.Length; t++)
            {
                row[t] = _sample.Outcomes[unit, _sample.WindowStart + columns[t]];
            }

            for (int t = columns.Length - affected; t < columns.Length && unit == Treated; t++)
            {
                row[t] -= effect;
            }
        }

        return new FeatureMatrix(values, units, columns.Length);
    }
}
