using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Outcomes and covariates of N units over T times, and when each unit was treated.</summary>
/// <remarks>Made by <see cref="PanelBuilder"/>; constructible and settable so that it survives serialisation.</remarks>
public sealed class Panel : ISpellable
{
    /// <summary>Names of the units, length N, in order of first appearance.</summary>
    public string[] Units { get; set; } = [];

    /// <summary>The times as they were written, length T, ascending.</summary>
    public string[] Times { get; set; } = [];

    /// <summary>The format the times were read by; <c>null</c> when they were read by what they look like.</summary>
    public string? TimeFormat { get; set; }

    /// <summary>The culture times and numbers were read by; <c>null</c> when none was given.</summary>
    public string? Culture { get; set; }

    /// <summary>How the times follow each other, such as <c>monthly, 2019-01 … 2020-12, none missing</c>.</summary>
    public string TimeStep => Times.Length == 0 ? ""
        : TimeAxis.TryCreate(Times, new TimeFormat(TimeFormat, Culture)) is { } axis ? Data.TimeStep.Describe(axis)
        : $"{Times[0]} … {Times[^1]}";

    /// <summary>Name of the outcome.</summary>
    public string OutcomeName { get; set; } = "";

    /// <summary>The outcome, N×T, finite.</summary>
    public double[,] Outcome { get; set; } = new double[0, 0];

    /// <summary>Names of the covariates.</summary>
    public string[] CovariateNames { get; set; } = [];

    /// <summary>One N×T matrix per covariate; <c>NaN</c> where a value is missing.</summary>
    public double[][,] Covariates { get; set; } = [];

    /// <summary>Per unit the index into <see cref="Times"/> of its first treated time; <c>null</c> means never.</summary>
    public int?[] TreatmentPeriods { get; set; } = [];

    /// <summary>Index into <see cref="Times"/> of the first target when no unit is treated; <c>null</c> when it was not given.</summary>
    public int? UntreatedTargetStart { get; set; }

    /// <summary>Units left out because their outcome has gaps, or because they are treated from the start.</summary>
    public string[] DroppedUnits { get; set; } = [];

    /// <summary>Times left out because outcomes have gaps there.</summary>
    public string[] DroppedTimes { get; set; } = [];

    /// <summary>What was made up, left out or taken otherwise than it was written, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>How many rows were taken together with an earlier one of the same unit and time.</summary>
    public int AggregatedRows { get; set; }

    /// <summary>How many outcomes were interpolated.</summary>
    public int InterpolatedOutcomes { get; set; }

    /// <summary>The number of units, N.</summary>
    public int UnitCount => Units.Length;

    /// <summary>The number of times, T.</summary>
    public int TimeCount => Times.Length;

    /// <summary>The number of units ever treated.</summary>
    public int TreatedCount => TreatmentPeriods.Count(period => period is not null);

    /// <summary>Names of the units ever treated, in row order.</summary>
    public string[] TreatedUnits => [.. TreatedRows().Select(row => Units[row])];

    /// <summary>The first time at which any unit is treated; <c>null</c> when none is.</summary>
    public string? FirstTreatmentTime => TreatmentPeriods.Min() is int period ? Times[period] : null;

    /// <summary>Makes the data of a joint fit.</summary>
    /// <returns>
    /// Targets: the outcomes from the treatment time on. Features: each covariate's mean over the times before it, missing values
    /// skipped, followed by the outcomes before it in time order.
    /// </returns>
    /// <exception cref="InvalidInputException">
    /// No unit is treated, the treated units start at different times, no time lies before the treatment, or a unit has no value at
    /// all of a covariate before it.
    /// </exception>
    public FitData ToFitData()
    {
        int[] treated = [.. TreatedRows()];
        int start = CommonTreatmentPeriod(treated);
        double[] features = new double[UnitCount * (Covariates.Length + start)];
        double[] targets = new double[UnitCount * (TimeCount - start)];
        int nextFeature = 0;
        int nextTarget = 0;
        for (int unit = 0; unit < UnitCount; unit++)
        {
            for (int covariate = 0; covariate < Covariates.Length; covariate++)
            {
                features[nextFeature++] = CovariateMean.Before(Covariates[covariate], unit, start, CovariateNames[covariate], Units[unit], Times[start]);
            }

            for (int time = 0; time < TimeCount; time++)
            {
                if (time < start)
                {
                    features[nextFeature++] = Outcome[unit, time];
                }
                else
                {
                    targets[nextTarget++] = Outcome[unit, time];
                }
            }
        }

        return new FitData(
            new FeatureMatrix(features, UnitCount, Covariates.Length + start, Units, [.. CovariateNames, .. Times[..start]]),
            new FeatureMatrix(targets, UnitCount, TimeCount - start, Units, Times[start..]),
            treated,
            Covariates.Length)
        {
            Warnings = Warnings,
        };
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Warnings = [.. Warnings.Select(spell)];

    /// <summary>Who is treated from when on, such as <c>Utah from 1985, California from 1989</c>; <c>none</c> when nobody is.</summary>
    public string Treatment => PanelText.Treatment(this);

    /// <summary>What was done about gaps in the outcome; <c>none</c> when there were none.</summary>
    public string Gaps => PanelText.Gaps(this);

    /// <summary>One line: units, times, treated units, outcome, gaps.</summary>
    public override string ToString() => PanelText.Line(this);

    private IEnumerable<int> TreatedRows() => Enumerable.Range(0, Math.Min(UnitCount, TreatmentPeriods.Length)).Where(row => TreatmentPeriods[row] is not null);

    private int CommonTreatmentPeriod(int[] treated)
    {
        if (treated.Length == 0)
        {
            return UntreatedTargetStart ?? throw new InvalidInputException(
                "NoTreatedUnit",
                "No unit of the panel is treated. Name one with {TreatedUnit} and {TreatmentTime}, or give {TreatmentTime} alone for a full model.",
                "TreatedUnit");
        }

        int start = TreatmentPeriods[treated[0]]!.Value;
        foreach (int row in treated)
        {
            int other = TreatmentPeriods[row]!.Value;
            if (other != start)
            {
                throw new InvalidInputException(
                    "StaggeredTreatment",
                    $"Unit '{Units[treated[0]]}' is treated from {Times[start]} and '{Units[row]}' from {Times[other]}; a joint fit needs one "
                        + "treatment time. Fit the units of one time alone, leaving the other treated units out of the data.",
                    "TreatmentTimeColumn");
            }
        }

        return start > 0 && start < TimeCount
            ? start
            : throw new InvalidInputException(
                "NoPrePeriod",
                $"{{TreatmentTime}} {Times[start]} is the first time of the panel; at least one time must lie before it.",
                "TreatmentTime");
    }
}
