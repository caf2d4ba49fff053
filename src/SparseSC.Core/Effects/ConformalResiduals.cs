using SparseSC.Core.Data;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Effects;

/// <summary>Residuals of the treated unit when its counterfactual is fitted to all periods under a supposed effect. Immutable.</summary>
internal sealed class ConformalResiduals
{
    private readonly PeriodSample _sample;
    private readonly EffectWindows _windows;
    private readonly bool _demean;

    public ConformalResiduals(PeriodSample sample, EffectWindows windows, bool demean)
    {
        _sample = sample;
        _windows = windows;
        _demean = demean;
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
        solver.Predict(Treated, _sample.Controls, solver.Solve(Treated, _sample.Controls, new SimplexScratch()), predicted, residuals);
        for (int t = 0; t < residuals.Length; t++)
        {
            residuals[t] = predicted[Treated, t] - residuals[t];
        }

        return residuals;
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
