namespace SparseSC.Core.Effects.Estimators.Pooled;

/// <summary>A treated unit, or the units treated at one time, with the donors that may stand in for it.</summary>
/// <remarks>
/// Donors are the units not treated before the last of the leads, later treated ones included. Means of controls that vary over time alone cancel, as weights sum
/// to the number of units, and so none are taken off.
/// </remarks>
internal sealed class PooledTarget
{
    private readonly PooledSample _sample;
    private readonly bool _fixedEffects;

    /// <param name="sample">All units.</param>
    /// <param name="settings">Leads, lags and fixed effects.</param>
    /// <param name="units">The units of the target, treated at the same time.</param>
    public PooledTarget(PooledSample sample, PooledSettings settings, int[] units)
    {
        _sample = sample;
        _fixedEffects = settings.FixedEffects;
        Units = units;
        Period = sample.Periods[units[0]]!.Value;
        Donors = [.. Enumerable.Range(0, sample.Periods.Length).Where(row => sample.Periods[row] is not int start || start > Period + settings.Leads)];
        Lags = Math.Min(Period, settings.Lags);
        End = Math.Min(Period + settings.Leads, sample.Times);
        double[] mean = new double[Lags];
        foreach (int unit in units)
        {
            Add(mean, Matched(unit), 1.0 / units.Length);
        }

        Points = [.. Donors.Select(donor =>
        {
            double[] point = Matched(donor);
            Add(point, mean, -1);
            return point;
        })];
    }

    /// <summary>Rows of its units.</summary>
    public int[] Units { get; }

    /// <summary>t_j, its first treated column.</summary>
    public int Period { get; }

    /// <summary>The column after its last lead.</summary>
    public int End { get; }

    /// <summary>Rows of its donors.</summary>
    public int[] Donors { get; }

    /// <summary>L_j, the periods matched.</summary>
    public int Lags { get; }

    /// <summary>Donors less the mean of its units, in the periods matched.</summary>
    public double[][] Points { get; }

    /// <summary>The sum of its units less that of their weighted donors, in the periods matched.</summary>
    /// <param name="weights">Weights that sum to the number of its units.</param>
    public double[] Imbalance(ReadOnlySpan<double> weights)
    {
        double[] rest = new double[Lags];
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] != 0)
            {
                Add(rest, Points[i], -weights[i]);
            }
        }

        return rest;
    }

    /// <summary>The same for equal weights, of outcomes as they are.</summary>
    public double[] PlainImbalance()
    {
        double[] rest = new double[Lags];
        for (int t = 0; t < Lags; t++)
        {
            int column = Period - Lags + t;
            rest[t] = Units.Sum(unit => _sample.Outcomes[unit][column])
                - (Units.Length * (Donors.Sum(donor => _sample.Outcomes[donor][column]) / Donors.Length));
        }

        return rest;
    }

    /// <summary>One of its units less its weighted donors, from the first column to the last lead.</summary>
    public double[] Differences(int unit, ReadOnlySpan<double> weights)
    {
        double[] differences = new double[End];
        AddDeviations(differences, unit, 1);
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] != 0)
            {
                AddDeviations(differences, Donors[i], -weights[i] / Units.Length);
            }
        }

        return differences;
    }

    private double Level(int row) => _fixedEffects ? _sample.Outcomes[row].AsSpan(0, Period).ToArray().Average() : 0;

    private double[] Matched(int row)
    {
        double level = Level(row);
        return [.. _sample.Outcomes[row][(Period - Lags)..Period].Select(value => value - level)];
    }

    private void AddDeviations(double[] sum, int row, double factor)
    {
        double level = Level(row);
        for (int t = 0; t < sum.Length; t++)
        {
            sum[t] += factor * (_sample.Outcomes[row][t] - level);
        }
    }

    private static void Add(double[] sum, double[] values, double factor)
    {
        for (int t = 0; t < sum.Length; t++)
        {
            sum[t] += factor * values[t];
        }
    }
}
