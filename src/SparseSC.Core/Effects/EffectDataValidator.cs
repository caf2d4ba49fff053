using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Effects;

/// <summary>Refuses data no effect can be estimated from, whatever the options.</summary>
internal static class EffectDataValidator
{
    public static void Check(EffectData data, FeatureMatrix? covariates)
    {
        int units = data.Outcomes.Rows;
        if (data.TreatmentPeriods.Length != units)
        {
            throw new InvalidInputException(
                "RowCountMismatch",
                $"{{TreatmentPeriods}} has {data.TreatmentPeriods.Length} rows and {{Outcomes}} has {units}; both need one row per unit, in the same order.",
                "TreatmentPeriods");
        }

        if (covariates is not null && covariates.Rows != units)
        {
            throw new InvalidInputException(
                "RowCountMismatch",
                $"{{Covariates}} has {covariates.Rows} rows and {{Outcomes}} has {units}; both need one row per unit, in the same order.",
                "Covariates");
        }

        CheckFinite(data, data.Outcomes, "Outcomes");
        if (covariates is not null)
        {
            CheckFinite(data, covariates, "Covariates");
        }

        for (int row = 0; row < units; row++)
        {
            CheckPeriod(data, row);
        }
    }

    private static void CheckPeriod(EffectData data, int row)
    {
        int times = data.Outcomes.Columns;
        if (data.TreatmentPeriods[row] is not int period)
        {
            return;
        }

        if (period < 0 || period >= times)
        {
            throw new InvalidInputException(
                "TreatmentPeriodOutOfRange",
                $"{{TreatmentPeriods}}: {data.Say(row)} is treated from column {period}; columns go from 0 to {times - 1}. Leave it empty for a unit that is never treated.",
                "TreatmentPeriods");
        }

        if (period == 0)
        {
            throw new InvalidInputException(
                "NoPrePeriod",
                $"{{TreatmentPeriods}}: {data.Say(row)} is treated from the first time on, which leaves no time before the treatment to match on. Leave the unit out.",
                "TreatmentPeriods");
        }
    }

    private static void CheckFinite(EffectData data, FeatureMatrix matrix, string parameter)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<double> values = matrix.Row(row);
            for (int column = 0; column < values.Length; column++)
            {
                if (!double.IsFinite(values[column]))
                {
                    string name = matrix.ColumnNames is null ? $"column {column}" : $"column '{matrix.ColumnNames[column]}'";
                    throw new InvalidInputException(
                        "ValueNotFinite",
                        $"{{{parameter}}} has {values[column]} for {data.Say(row)}, {name}. Complete the data or leave that unit or column out.",
                        parameter);
                }
            }
        }
    }
}
