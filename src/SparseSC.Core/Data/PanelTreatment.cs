using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Finds out which unit is treated from which time on.</summary>
internal sealed class PanelTreatment(PanelOptions options, string? source, string[] units, TimeAxis axis)
{
    private string First => axis.Times[0];

    private string Last => axis.Times[^1];

    /// <summary>Refuses options that contradict each other, before any row is read.</summary>
    public static void Validate(PanelOptions options)
    {
        Require(options.Unit, "Unit", "the unit");
        Require(options.Time, "Time", "the time");
        Require(options.Outcome, "Outcome", "the outcome");
        for (int i = 0; i < options.Covariates.Count; i++)
        {
            if (options.Covariates.Take(i).Contains(options.Covariates[i]))
            {
                throw new InvalidInputException("CovariateNamedTwice", $"{{Covariates}} names '{options.Covariates[i]}' twice.", "Covariates");
            }
        }

        bool hasTime = !string.IsNullOrWhiteSpace(options.TreatmentTime);
        if (options.TreatmentTimeColumn is not null && (hasTime || options.TreatedUnits.Count > 0))
        {
            throw new InvalidInputException(
                "TreatmentAmbiguous",
                "Give either {TreatmentTimeColumn} or {TreatedUnit} with {TreatmentTime}, not both.",
                "TreatmentTimeColumn");
        }

        if (!hasTime && options.TreatedUnits.Count > 0)
        {
            throw new InvalidInputException("TreatmentIncomplete", "{TreatedUnit} also needs {TreatmentTime}.", "TreatmentTime");
        }
    }

    /// <summary>Per unit the index of its first treated time.</summary>
    public int?[] Resolve(IReadOnlyDictionary<int, (string Time, int Row)> treatmentTimes)
    {
        int?[] periods = options.TreatmentTimeColumn is null ? FromNames() : FromColumn(treatmentTimes);
        return Array.IndexOf(periods, null) >= 0
            ? periods
            : throw new InvalidInputException(
                "AllUnitsTreated",
                $"All {units.Length} units are treated; at least one unit must stay untreated to be a donor.",
                options.TreatmentTimeColumn is null ? "TreatedUnit" : "TreatmentTimeColumn");
    }

    /// <summary>Where the targets of a panel without treated units start, when a time was given.</summary>
    public int? ResolveUntreatedStart() =>
        options.TreatedUnits.Count == 0 && !string.IsNullOrWhiteSpace(options.TreatmentTime)
            ? Period(options.TreatmentTime, "TreatmentTime", "")
            : null;

    private int?[] FromNames()
    {
        int?[] periods = new int?[units.Length];
        foreach (string name in options.TreatedUnits)
        {
            int unit = Array.IndexOf(units, name);
            if (unit < 0)
            {
                string suggestion = Names.Suggestion(name, units, "The units are");
                throw new InvalidInputException("UnknownUnit", $"{{TreatedUnit}}: there is no unit '{name}'{suggestion}", "TreatedUnit");
            }

            periods[unit] = Period(options.TreatmentTime!, "TreatmentTime", "");
        }

        return periods;
    }

    private int?[] FromColumn(IReadOnlyDictionary<int, (string Time, int Row)> treatmentTimes)
    {
        int?[] periods = new int?[units.Length];
        foreach ((int unit, (string time, int row)) in treatmentTimes)
        {
            if (time.Length > 0)
            {
                string where = $" for unit '{units[unit]}' ({PanelBuilder.Place(source, row)})";
                periods[unit] = Period(time, "TreatmentTimeColumn", where);
            }
        }

        return periods;
    }

    private int Period(string time, string parameterName, string where)
    {
        string advice = parameterName == "TreatmentTimeColumn" ? " Leave it empty for a unit that is never treated." : "";
        int period = axis.Find(time) ?? throw new InvalidInputException(
            "TreatmentTimeOutsidePanel",
            $"{{{parameterName}}} {time}{where} is not among the panel's times, which go from {First} to {Last}.{advice}",
            parameterName);
        return period > 0
            ? period
            : throw new InvalidInputException(
                "NoPrePeriod",
                $"{{{parameterName}}} {time}{where} is the first time of the panel, which leaves no time before the treatment to match on.",
                parameterName);
    }

    private static void Require(string column, string parameterName, string what)
    {
        if (string.IsNullOrWhiteSpace(column))
        {
            throw new InvalidInputException("ColumnNotNamed", $"A panel needs {{{parameterName}}}, the column of {what}.", parameterName);
        }
    }
}
