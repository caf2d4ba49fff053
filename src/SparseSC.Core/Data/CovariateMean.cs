using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>What a covariate that varies over time gives as a feature: its mean before the treatment, missing values skipped.</summary>
internal static class CovariateMean
{
    /// <summary>The mean of one unit over the times before <paramref name="start"/>.</summary>
    /// <exception cref="InvalidInputException">The unit has no value at all before it.</exception>
    public static double Before(double[,] values, int unit, int start, string covariate, string unitName, string startName)
    {
        double sum = 0;
        int count = 0;
        for (int time = 0; time < start; time++)
        {
            double value = values[unit, time];
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return count > 0
            ? sum / count
            : throw new InvalidInputException(
                "CovariateMissing",
                $"Covariate '{covariate}' has no value for unit '{unitName}' before {startName}. Leave the covariate or the unit out, or complete the data.");
    }
}
