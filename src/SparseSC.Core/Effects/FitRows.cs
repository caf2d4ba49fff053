using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Effects;

/// <summary>A model as rows with names, for people and spreadsheets.</summary>
public static class FitRows
{
    /// <summary>Weights of donors, the heaviest first, unit after unit.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="units">Rows of the units wanted.</param>
    /// <param name="withZeros">Whether donors of weight 0 are listed too.</param>
    /// <exception cref="InvalidInputException">The model was made without unit weights (<c>WeightsNotKept</c>).</exception>
    public static IEnumerable<UnitWeightRow> UnitWeights(SyntheticControlFit fit, IEnumerable<int> units, bool withZeros = false)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(units);
        CheckWeights(fit);
        return units.SelectMany(unit => UnitWeights(fit, unit, position => Name(fit.UnitNames, position), withZeros));
    }

    /// <exception cref="InvalidInputException">The model was made without unit weights (<c>WeightsNotKept</c>).</exception>
    internal static void CheckWeights(SyntheticControlFit fit)
    {
        if (fit.Weights is null)
        {
            throw new InvalidInputException(
                "WeightsNotKept", "The model was made without unit weights. Fit again without {KeepWeights}.", "KeepWeights");
        }
    }

    /// <summary>Weights of one unit's donors, the heaviest first, with names of the caller.</summary>
    internal static IEnumerable<UnitWeightRow> UnitWeights(SyntheticControlFit fit, int unit, Func<int, string> nameOf, bool withZeros)
    {
        double[,] weights = fit.Weights!;
        int row = fit.WeightRow(unit);
        if (row < 0)
        {
            throw new InvalidInputException(
                "WeightsNotKept",
                $"The weights of '{nameOf(unit)}' were not kept, only those of the treated units. Estimate again, and give {{Weights}} the value {{Weights:All}}.",
                "Weights");
        }

        return Enumerable.Range(0, fit.ControlUnits.Length)
            .Where(donor => withZeros || weights[row, donor] != 0)
            .OrderByDescending(donor => Math.Abs(weights[row, donor]))
            .Select(donor => new UnitWeightRow
            {
                Unit = nameOf(unit),
                Donor = nameOf(fit.ControlUnits[donor]),
                Weight = weights[row, donor],
            });
    }

    /// <summary>Weights of features, the heaviest first.</summary>
    public static IEnumerable<FeatureWeightRow> FeatureWeights(SyntheticControlFit fit, bool withZeros = false)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Enumerable.Range(0, fit.V.Length)
            .Where(feature => withZeros || fit.V[feature] != 0)
            .OrderByDescending(feature => fit.V[feature])
            .Select(feature => new FeatureWeightRow { Feature = Name(fit.FeatureNames, feature), Weight = fit.V[feature] });
    }

    /// <summary>The treated beside their synthetic control, feature by feature.</summary>
    /// <exception cref="InvalidInputException">The model has no treated unit, was made without unit weights, or comes from a file that does not hold
    /// it (<c>BalanceNotKept</c>).</exception>
    public static IEnumerable<BalanceRow> Balance(SyntheticControlFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Balance.Length == 0 && fit.TreatedUnits.Length == 0)
        {
            throw new InvalidInputException(
                "BalanceNotKept", "The model has no treated unit, whose features a balance would compare with those of its donors.", "Fit");
        }

        return fit.Balance.Length > 0 || fit.V.Length == 0 ? fit.Balance : throw new InvalidInputException(
            "BalanceNotKept",
            "The model was made without unit weights, or by an earlier version, so that its balance is not known. Fit again, without {KeepWeights}.",
            "Fit");
    }

    /// <summary>Observed and synthetic values with individual intervals, in order of units and times.</summary>
    /// <remarks>
    /// An interval is as wide as the donors' own gaps at that time are: all but the given share of them, whatever their sign, are no larger
    /// than half of it. An observed value outside of it is one that few donors would have shown.
    /// </remarks>
    /// <param name="fit">The model.</param>
    /// <param name="units">Rows of the units wanted.</param>
    /// <param name="level">Level of the intervals, in (0, 1).</param>
    /// <exception cref="InvalidInputException">The level is not one (<c>OptionOutOfRange</c>).</exception>
    public static IEnumerable<PredictionRow> Predictions(SyntheticControlFit fit, IEnumerable<int> units, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(units);
        if (!(level > 0 && level < 1))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Level}} {level} must be between 0 and 1, such as 0.95.", "Level");
        }

        double[] half = [.. Enumerable.Range(0, fit.Predictions.GetLength(1)).Select(time => HalfWidth(fit, time, level))];
        return units.SelectMany(unit => half.Select((width, time) => new PredictionRow
        {
            Unit = Name(fit.UnitNames, unit),
            Time = Name(fit.TargetNames, time),
            Observed = fit.Targets[unit, time],
            Synthetic = fit.Predictions[unit, time],
            Low = fit.Predictions[unit, time] - width,
            High = fit.Predictions[unit, time] + width,
        }));
    }

    /// <summary>The same for other targets and what a model says of them.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="targets">N×T observed values.</param>
    /// <param name="synthetic">N×T synthetic values, as <see cref="Fitting.Prediction"/> makes them.</param>
    /// <param name="units">Rows of the units wanted.</param>
    /// <param name="level">Level of the intervals, in (0, 1).</param>
    /// <exception cref="InvalidInputException">The level is not one (<c>OptionOutOfRange</c>).</exception>
    public static IEnumerable<PredictionRow> Predictions(
        SyntheticControlFit fit, FeatureMatrix targets, double[,] synthetic, IEnumerable<int> units, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(targets);
        SyntheticControlFit other = new()
        {
            ControlUnits = fit.ControlUnits,
            UnitNames = fit.UnitNames,
            TargetNames = targets.ColumnNames?.ToArray(),
            Targets = targets.ToArray(),
            Predictions = synthetic,
        };
        return Predictions(other, units, level);
    }

    /// <summary>The name of a unit's row: its own, or its number from 0 when units have none.</summary>
    public static string UnitName(SyntheticControlFit fit, int unit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Name(fit.UnitNames, unit);
    }

    private static double HalfWidth(SyntheticControlFit fit, int time, double level)
    {
        double[] gaps = [.. fit.ControlUnits.Select(donor => Math.Abs(fit.Targets[donor, time] - fit.Predictions[donor, time]))];

        // A file may hold the predictions of treated units only.
        return gaps.Length < 2 || gaps.Any(double.IsNaN) ? double.NaN : PlaceboDistribution.HalfWidth(gaps, level);
    }

    private static string Name(string[]? names, int index) => names is null ? index.ToString(CultureInfo.InvariantCulture) : names[index];
}
