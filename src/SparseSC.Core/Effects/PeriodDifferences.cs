namespace SparseSC.Core.Effects;

/// <summary>Observed − synthetic of one treatment time over its window, and the same divided by each unit's pre-period fit.</summary>
internal sealed class PeriodDifferences
{
    private readonly EffectWindows _windows;

    public PeriodDifferences(PeriodSample sample, EffectWindows windows, double[,] synthetic, double[,]? heldOut)
    {
        _windows = windows;
        Negligible = RoundingNoise.Limit(sample.Outcomes, sample.WindowStart, windows.Length);
        Values = new double[sample.Units.Length, windows.Length];
        PreRmspe = new double[sample.Units.Length];
        PostRmspe = new double[sample.Units.Length];
        int[] position = new int[sample.Units.Length];
        Array.Fill(position, -1);
        for (int c = 0; c < sample.Controls.Length; c++)
        {
            position[sample.Controls[c]] = c;
        }

        for (int unit = 0; unit < sample.Units.Length; unit++)
        {
            for (int t = 0; t < windows.Length; t++)
            {
                int column = sample.WindowStart + t;
                double predicted = heldOut is not null && position[unit] >= 0 ? heldOut[position[unit], t] : synthetic[unit, column];
                Values[unit, t] = RoundingNoise.Clean(sample.Outcomes[unit, column] - predicted, Negligible);
            }

            PreRmspe[unit] = RootMeanSquare(unit, 0, windows.PrePeriods);
            PostRmspe[unit] = RootMeanSquare(unit, windows.Length - windows.EvaluationPeriods, windows.EvaluationPeriods);
        }
    }

    /// <summary>The largest difference that is taken for rounding.</summary>
    public double Negligible { get; }

    /// <summary>Units × window; controls from the fold that held them out. Rounding counts as 0.</summary>
    public double[,] Values { get; }

    /// <summary>Root mean square over the pre-periods, per unit; 0 when the unit is matched perfectly.</summary>
    public double[] PreRmspe { get; }

    /// <summary>Root mean square over the evaluation periods, per unit.</summary>
    public double[] PostRmspe { get; }

    /// <summary>Some columns of one unit, divided by <paramref name="divisor"/>.</summary>
    public double[] Row(int unit, int start, int length, double divisor = 1)
    {
        double[] row = new double[length];
        for (int t = 0; t < length; t++)
        {
            row[t] = Values[unit, start + t] / divisor;
        }

        return row;
    }

    /// <summary>The columns in which the effect is evaluated.</summary>
    public double[] Evaluated(int unit, double divisor) => Row(unit, _windows.Length - _windows.EvaluationPeriods, _windows.EvaluationPeriods, divisor);

    private double RootMeanSquare(int unit, int start, int length)
    {
        double sum = 0;
        for (int t = start; t < start + length; t++)
        {
            sum += Values[unit, t] * Values[unit, t];
        }

        return Math.Sqrt(sum / length);
    }
}
