using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Pooled;

/// <summary>The models of treatment times as other estimates have them: donors of a time, and the units treated then.</summary>
/// <param name="data">The data.</param>
/// <param name="options">Which weights are kept, and the level.</param>
/// <param name="fit">The fit.</param>
/// <param name="controls">Rows of the units that are never treated.</param>
internal sealed class PooledPeriods(EffectData data, EffectOptions options, PooledFit fit, int[] controls)
{
    /// <summary>Sets units, times, outcomes and models.</summary>
    /// <param name="estimate">What is to have them.</param>
    /// <param name="heldOut">Per control the estimate with it as the one treated unit; <c>null</c> where there are none.</param>
    public void Fill(EffectEstimate estimate, PooledPaths[]? heldOut)
    {
        int times = data.Outcomes.Columns;
        estimate.Units = [.. Enumerable.Range(0, data.Outcomes.Rows).Select(data.UnitName)];
        estimate.Times = [.. Enumerable.Range(0, times).Select(data.TimeName)];
        estimate.Observed = data.Outcomes.ToArray();
        estimate.Synthetic = new double[data.Outcomes.Rows, times];
        MatrixRows.All(estimate.Synthetic).Fill(double.NaN);
        estimate.Periods = [.. fit.Targets.GroupBy(target => target.Period).OrderBy(group => group.Key).Select(group => Period([.. group], estimate.Synthetic, heldOut))];
    }

    private PeriodEffect Period(PooledTarget[] targets, double[,] synthetic, PooledPaths[]? heldOut)
    {
        PooledTarget first = targets[0];
        int[] treated = [.. targets.SelectMany(target => target.Units).Order()];
        int[] units = [.. treated.Concat(first.Donors).Order()];
        double[,] rows = new double[units.Length, data.Outcomes.Columns];
        MatrixRows.All(rows).Fill(double.NaN);
        foreach ((PooledTarget target, int unit, double[] values) in fit.Differences.Where(unit => unit.Target.Period == first.Period))
        {
            Place(unit, values, synthetic, MatrixRows.Row(rows, Array.IndexOf(units, unit)));
        }

        double[,]? held = heldOut is null ? null : new double[first.Donors.Length, first.End];
        for (int c = 0; c < (heldOut?.Length ?? 0); c++)
        {
            Place(controls[c], heldOut![c].Fit.Differences[0].Values, synthetic, MatrixRows.Row(rows, Array.IndexOf(units, controls[c])));
            MatrixRows.Row(synthetic, controls[c])[..first.End].CopyTo(MatrixRows.Row(held!, c));
        }

        return new PeriodEffect
        {
            TreatmentTime = data.TimeName(first.Period),
            TreatmentPeriod = first.Period,
            FitPeriod = first.Period,
            Units = units,
            ControlUnits = first.Donors,
            TreatedUnits = treated,
            Fit = Fit(targets, units, treated, rows),
            Synthetic = rows,
            HeldOutSynthetic = held,
            MatchPValue = double.NaN,
            IndividualHalfWidths = HalfWidths(first, heldOut),
        };
    }

    private void Place(int unit, double[] differences, double[,] synthetic, Span<double> row)
    {
        for (int t = 0; t < differences.Length; t++)
        {
            row[t] = data.Outcomes[unit, t] - differences[t];
            synthetic[unit, t] = row[t];
        }
    }

    private SyntheticControlFit Fit(PooledTarget[] targets, int[] units, int[] treated, double[,] rows)
    {
        PooledTarget first = targets[0];
        double[,] weights = new double[treated.Length, first.Donors.Length];
        double[] own = new double[treated.Length];
        double[] plain = new double[treated.Length];
        double[] effective = new double[treated.Length];
        foreach ((PooledTarget target, int unit, double[] values) in fit.Differences.Where(unit => unit.Target.Period == first.Period))
        {
            int row = Array.IndexOf(treated, unit);
            double[] found = fit.Weights[Array.IndexOf(fit.Targets, target)];
            for (int j = 0; j < found.Length; j++)
            {
                weights[row, j] = found[j] / target.Units.Length;
            }

            double equal = target.Units.Length / (double)found.Length;
            own[row] = Size(values.AsSpan(0, target.Period));
            plain[row] = Size(target.Differences(unit, [.. found.Select(_ => equal)]).AsSpan(0, target.Period));
            effective[row] = found.Sum() * found.Sum() / found.Sum(weight => weight * weight);
        }

        int[] positions = [.. treated.Select(row => Array.IndexOf(units, row))];
        int post = first.End - first.Period;
        return new SyntheticControlFit
        {
            ModelType = ModelType.Retrospective,
            ControlUnits = [.. first.Donors.Select(row => Array.IndexOf(units, row))],
            TreatedUnits = positions,
            UnitNames = [.. units.Select(data.UnitName)],
            FeatureNames = [.. Enumerable.Range(first.Period - first.Lags, first.Lags).Select(data.TimeName)],
            TargetNames = [.. Enumerable.Range(first.Period, post).Select(data.TimeName)],
            VPen = double.NaN,
            WPen = double.NaN,
            V = new double[first.Lags],
            Constraint = WeightConstraint.Orthant,
            Score = double.NaN,
            ScoreR2 = double.NaN,
            Weights = options.Weights == KeptUnits.None ? null : weights,
            WeightUnits = options.Weights == KeptUnits.None ? null : positions,
            Predictions = Columns(rows, first.Period, post),
            Targets = Columns(MatrixRows.Rows(data.Outcomes.ToArray(), units), first.Period, post),
            PreRmspe = own.Average(),
            MeanRmspe = plain.Average(),
            EffectiveDonors = effective.Average(),
            Balance = EffectBalance.Outcomes(
                data.TimeName,
                first.Period - first.Lags,
                first.Lags,
                [.. treated.Select(row => data.Outcomes.Row(row).ToArray())],
                [.. positions.Select(row => MatrixRows.Row(rows, row).ToArray())],
                [.. first.Donors.Select(row => data.Outcomes.Row(row).ToArray())]),
        };
    }

    private double[] HalfWidths(PooledTarget target, PooledPaths[]? heldOut)
    {
        double[] widths = [.. Enumerable.Repeat(double.PositiveInfinity, data.Outcomes.Columns)];
        for (int t = 0; t < target.End && heldOut is not null; t++)
        {
            double[] sizes = [.. heldOut.Select(replicate => Math.Abs(replicate.Fit.Differences[0].Values[t]))];
            widths[t] = PlaceboDistribution.HalfWidth(sizes, options.Level, options.Interval);
        }

        return widths;
    }

    private static double[,] Columns(double[,] rows, int start, int length)
    {
        double[,] result = new double[rows.GetLength(0), length];
        for (int row = 0; row < result.GetLength(0); row++)
        {
            MatrixRows.Row(rows, row).Slice(start, length).CopyTo(MatrixRows.Row(result, row));
        }

        return result;
    }

    private static double Size(ReadOnlySpan<double> values)
    {
        double squares = 0;
        foreach (double value in values)
        {
            squares += value * value;
        }

        return Math.Sqrt(squares / values.Length);
    }
}
