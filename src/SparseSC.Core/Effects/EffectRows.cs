using SparseSC.Core.Errors;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Effects;

/// <summary>An effect estimate as rows with names, for people and spreadsheets.</summary>
public static class EffectRows
{
    /// <summary>Rows of the units that take part in a fit, ascending.</summary>
    public static int[] Units(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return [.. estimate.Periods.SelectMany(period => period.Units).Distinct().Order()];
    }

    /// <summary>Rows of the treated units, by treatment time.</summary>
    public static int[] TreatedUnits(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return estimate.TreatedRows();
    }

    /// <summary>Observed and synthetic outcomes of the treated units at all times, with intervals of the estimate's own level.</summary>
    public static IEnumerable<PredictionRow> Predictions(EffectEstimate estimate) =>
        Predictions(estimate, TreatedUnits(estimate), estimate.Effect.Level);

    /// <summary>Observed and synthetic outcomes of all times with individual intervals, unit after unit.</summary>
    /// <remarks>An interval is as wide as the gaps are that the controls of the unit's treatment time have at that time.</remarks>
    /// <param name="estimate">The estimate.</param>
    /// <param name="units">Rows of the units wanted.</param>
    /// <param name="level">Level of the intervals, in (0, 1).</param>
    /// <exception cref="InvalidInputException">The level is not one (<c>OptionOutOfRange</c>).</exception>
    public static IEnumerable<PredictionRow> Predictions(EffectEstimate estimate, IEnumerable<int> units, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentNullException.ThrowIfNull(units);
        PlaceboDistribution.CheckLevel(level);
        Dictionary<PeriodEffect, double[]> widths =
            estimate.Periods.ToDictionary(period => period, period => HalfWidths(estimate, period, level));
        if (units.Any(unit => double.IsNaN(estimate.Synthetic[unit, 0])))
        {
            throw SyntheticNotKept();
        }

        return units.SelectMany(unit => widths[PeriodOf(estimate, unit)].Select((width, time) => new PredictionRow
        {
            Unit = estimate.Units[unit],
            Time = estimate.Times[time],
            Observed = estimate.Observed[unit, time],
            Synthetic = estimate.Synthetic[unit, time],
            Low = estimate.Synthetic[unit, time] - width,
            High = estimate.Synthetic[unit, time] + width,
        }));
    }

    /// <summary>Weights of the treated units' donors, the heaviest first; donors of weight 0 are left out.</summary>
    /// <exception cref="InvalidInputException">The estimate was made without unit weights (<c>WeightsNotKept</c>).</exception>
    public static IEnumerable<UnitWeightRow> UnitWeights(EffectEstimate estimate) => UnitWeights(estimate, TreatedUnits(estimate));

    /// <summary>Weights of donors, the heaviest first, unit after unit.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="units">Rows of the units wanted.</param>
    /// <param name="withZeros">Whether donors of weight 0 are listed too.</param>
    /// <exception cref="InvalidInputException">The estimate was made without unit weights (<c>WeightsNotKept</c>).</exception>
    public static IEnumerable<UnitWeightRow> UnitWeights(EffectEstimate estimate, IEnumerable<int> units, bool withZeros = false)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentNullException.ThrowIfNull(units);
        if (estimate.Periods.Any(period => period.Fit.Weights is null))
        {
            throw new InvalidInputException(
                "WeightsNotKept",
                "The effects were estimated without keeping unit weights. Estimate again without {KeepWeights}.",
                "KeepWeights");
        }

        return units.SelectMany(unit =>
        {
            PeriodEffect period = PeriodOf(estimate, unit);
            return FitRows.UnitWeights(
                period.Fit, Array.IndexOf(period.Units, unit), position => estimate.Units[period.Units[position]], withZeros);
        });
    }

    /// <summary>Weights of features, the heaviest first, treatment time after treatment time.</summary>
    public static IEnumerable<FeatureWeightRow> FeatureWeights(EffectEstimate estimate, bool withZeros = false)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return estimate.Periods.SelectMany(period => FitRows.FeatureWeights(period.Fit, withZeros).Select(row =>
        {
            row.TreatmentTime = period.TreatmentTime;
            return row;
        }));
    }

    /// <summary>The treated beside their synthetic control, predictor after predictor, treatment time after treatment time.</summary>
    public static IEnumerable<BalanceRow> Balance(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return estimate.Periods.SelectMany(period => FitRows.Balance(period.Fit).Select(row => new BalanceRow
        {
            Predictor = row.Predictor,
            Treated = row.Treated,
            Synthetic = row.Synthetic,
            DonorMean = row.DonorMean,
            DonorDeviation = row.DonorDeviation,
            TreatmentTime = period.TreatmentTime,
        }));
    }

    // A treated unit is predicted by the fit of its own treatment time, any other by the first it takes part in, as Synthetic is.
    private static PeriodEffect PeriodOf(EffectEstimate estimate, int unit) =>
        Array.Find(estimate.Periods, period => period.TreatedUnits.Contains(unit))
            ?? Array.Find(estimate.Periods, period => period.Units.Contains(unit))
            ?? throw new ArgumentOutOfRangeException(nameof(unit), unit, "The unit takes part in no fit.");

    /// <summary>Whether the synthetic outcomes of the controls are there; a file may hold those of the treated units only.</summary>
    internal static bool HasSynthetic(PeriodEffect period) =>
        period.ControlUnits.Length == 0 || !double.IsNaN(period.Synthetic[Array.IndexOf(period.Units, period.ControlUnits[0]), 0]);

    /// <summary>The error of asking for what such a file does not hold.</summary>
    internal static InvalidInputException SyntheticNotKept() => new(
        "SyntheticNotKept",
        "The file of the effect holds the synthetic outcomes of the treated units only. "
            + "Write it with 'sparsesc effects --synthetic all' or Export-SparseSCEffect.",
        "Effect");

    private static double[] HalfWidths(EffectEstimate estimate, PeriodEffect period, double level)
    {
        if (!HasSynthetic(period))
        {
            return level.Equals(estimate.Effect.Level) ? period.IndividualHalfWidths : throw SyntheticNotKept();
        }

        int[] controls = [.. period.ControlUnits.Select(control => Array.IndexOf(period.Units, control))];
        double[] result = new double[estimate.Times.Length];
        for (int time = 0; time < result.Length; time++)
        {
            double[] gaps =
                [.. controls.Select(control => Math.Abs(estimate.Observed[period.Units[control], time] - period.Synthetic[control, time]))];
            result[time] = gaps.Length < 2 ? double.NaN : PlaceboDistribution.HalfWidth(gaps, level, estimate.Effect.Interval);
        }

        return result;
    }
}
