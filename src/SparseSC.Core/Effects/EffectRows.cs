using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Effects;

/// <summary>An effect estimate as rows with names, for people and spreadsheets.</summary>
public static class EffectRows
{
    /// <summary>Weights of the treated units' donors, the heaviest first, unit after unit; donors of weight 0 are left out.</summary>
    /// <exception cref="InvalidInputException">The estimate was made without unit weights (<c>WeightsNotKept</c>).</exception>
    public static IEnumerable<UnitWeightRow> UnitWeights(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (estimate.Periods.Any(period => period.Fit.Weights is null))
        {
            throw new InvalidInputException(
                "WeightsNotKept",
                "The effects were estimated without keeping unit weights. Estimate again without {KeepWeights}.",
                "KeepWeights");
        }

        return estimate.Periods.SelectMany(period => period.TreatedUnits.SelectMany(unit =>
        {
            // A fit knows the units by their places among those that take part.
            int row = Array.IndexOf(period.Units, unit);
            double[,] weights = period.Fit.Weights!;
            return Enumerable.Range(0, period.Fit.ControlUnits.Length)
                .Where(donor => weights[row, donor] != 0)
                .OrderByDescending(donor => Math.Abs(weights[row, donor]))
                .Select(donor => new UnitWeightRow
                {
                    Unit = estimate.Units[unit],
                    Donor = estimate.Units[period.Units[period.Fit.ControlUnits[donor]]],
                    Weight = weights[row, donor],
                });
        }));
    }

    /// <summary>Observed and synthetic outcomes of the treated units at all times, with individual intervals.</summary>
    /// <remarks>The intervals are as wide as the controls' own gaps at that time are (<see cref="PeriodEffect.IndividualHalfWidths"/>).</remarks>
    public static IEnumerable<PredictionRow> Predictions(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return estimate.Periods.SelectMany(period => period.TreatedUnits.SelectMany(unit =>
            estimate.Times.Select((time, t) => new PredictionRow
            {
                Unit = estimate.Units[unit],
                Time = time,
                Observed = estimate.Observed[unit, t],
                Synthetic = estimate.Synthetic[unit, t],
                Low = estimate.Synthetic[unit, t] - period.IndividualHalfWidths[t],
                High = estimate.Synthetic[unit, t] + period.IndividualHalfWidths[t],
            })));
    }
}
