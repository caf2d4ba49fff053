using System.Globalization;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Refuses options of a panel that contradict each other, before any row is read.</summary>
internal static class PanelOptionsValidator
{
    /// <exception cref="InvalidInputException">The first contradiction.</exception>
    public static void Check(PanelOptions options)
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

        CheckPredictors(options);
        if (options.ExcludedUnits.FirstOrDefault(options.TreatedUnits.Contains) is { } both)
        {
            throw new InvalidInputException("TreatedUnitExcluded", $"{{ExcludeUnit}} and {{TreatedUnit}} both name '{both}'. Give it in one of them.", "ExcludeUnit");
        }

        bool hasTime = !string.IsNullOrWhiteSpace(options.TreatmentTime);
        bool hasNames = hasTime || options.TreatedUnits.Count > 0;
        string? column = options.TreatmentTimeColumn is not null ? "TreatmentTimeColumn" : options.Treatment is not null ? "Treatment" : null;
        if (column is not null && (hasNames || (options.TreatmentTimeColumn is not null && options.Treatment is not null)))
        {
            throw new InvalidInputException(
                "TreatmentAmbiguous",
                hasNames ? $"Give either {{{column}}} or {{TreatedUnit}} with {{TreatmentTime}}, not both." : "Give either {TreatmentTimeColumn} or {Treatment}, not both.",
                column);
        }

        if (!hasTime && options.TreatedUnits.Count > 0)
        {
            throw new InvalidInputException("TreatmentIncomplete", "{TreatedUnit} also needs {TreatmentTime}.", "TreatmentTime");
        }

        // An unknown language is said before a file of a million rows is read.
        _ = new TimeFormat(options.TimeFormat, options.Culture);
        CheckTimeFormat(options.TimeFormat);
    }

    // Without a year, times are put into the year in which they are read: January comes before the December it follows.
    private static void CheckTimeFormat(string? format)
    {
        if (format is null || (format.Length == 1 && IsKnown(format)))
        {
            return;
        }

        if (!IsKnown(format) || format.IndexOfAny(['y', 'M', 'd', 'H', 'h', 'm', 's']) < 0)
        {
            throw new InvalidInputException(
                "TimeFormatUnknown", $"{{TimeFormat}} '{format}' is not a format of times; an example is dd/MM/yyyy.", "TimeFormat");
        }

        if (format.IndexOfAny(['M', 'd']) >= 0 && !format.Contains('y', StringComparison.Ordinal))
        {
            throw new InvalidInputException(
                "TimeFormatWithoutYear",
                $"{{TimeFormat}} '{format}' has no year, so that January would come before the December it follows. Write the year into the times, as in {format}/yyyy.",
                "TimeFormat");
        }
    }

    private static bool IsKnown(string format)
    {
        try
        {
            _ = DateTime.UnixEpoch.ToString(format, CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void CheckPredictors(PanelOptions options)
    {
        HashSet<string> features = [.. options.Covariates];
        foreach (PanelPredictor predictor in options.Predictors)
        {
            if (string.IsNullOrWhiteSpace(predictor.Name))
            {
                throw new InvalidInputException("PredictorNotNamed", "{Predictors}: a predictor has no name, the column it is made of.", "Predictors");
            }

            if (!features.Add(predictor.ToString()))
            {
                throw new InvalidInputException("PredictorNamedTwice", $"{{Predictors}}: '{predictor}' stands twice.", "Predictors");
            }
        }
    }

    private static void Require(string column, string parameterName, string what)
    {
        if (string.IsNullOrWhiteSpace(column))
        {
            throw new InvalidInputException("ColumnNotNamed", $"A panel needs {{{parameterName}}}, the column of {what}.", parameterName);
        }
    }
}
