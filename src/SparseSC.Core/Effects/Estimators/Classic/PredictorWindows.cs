using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Effects.Estimators.Classic;

/// <summary>Predictors twice: as they stand before a time, to choose their weights by, and from it on, to choose donors by.</summary>
internal static class PredictorWindows
{
    /// <summary>Splits the covariates. One that does not vary over time, or has no value on one side for some unit, stays whole on both.</summary>
    /// <param name="data">The data.</param>
    /// <param name="time">Column of the time.</param>
    /// <exception cref="InvalidInputException">There are no covariates, or the time does not lie before all treatments.</exception>
    public static EffectData Split(EffectData data, int time)
    {
        if (data.CovariateCount == 0)
        {
            throw new InvalidInputException(
                "ValidationNeedsCovariates", "{ValidationFrom} chooses weights of predictors, and without {Covariates} there are none. Name them, or leave it out.", "ValidationFrom");
        }

        int first = data.TreatmentPeriods.OfType<int>().DefaultIfEmpty(data.Outcomes.Columns).Min();
        if (time < 1 || time >= first)
        {
            throw new InvalidInputException(
                "ValidationOutsidePrePeriods",
                $"{{ValidationFrom}} {data.TimeName(time)} must lie after the first time, {data.TimeName(0)}, and before the first treatment, {data.TimeName(Math.Min(first, data.Outcomes.Columns - 1))}.",
                "ValidationFrom");
        }

        if (data.FixedCovariates is { } constant)
        {
            double[] values = [.. Enumerable.Range(0, constant.Rows).SelectMany(row => (double[])[.. constant.Row(row), .. constant.Row(row)])];
            string[] twice = [.. data.CovariateNames, .. data.CovariateNames];
            return new EffectData(data.Outcomes, data.TreatmentPeriods, new FeatureMatrix(values, constant.Rows, 2 * constant.Columns, constant.RowNames, twice));
        }

        (double[,] Before, double[,] After)[] parts = [.. data.VaryingCovariates.Select(values => Split(values, time, first))];
        return EffectData.WithVarying(
            data.Outcomes,
            data.TreatmentPeriods,
            [.. parts.Select(part => part.Before), .. parts.Select(part => part.After)],
            [.. data.CovariateNames, .. data.CovariateNames]);
    }

    private static (double[,] Before, double[,] After) Split(double[,] values, int time, int treatment)
    {
        double[,] before = Masked(values, t => t < time);
        double[,] after = Masked(values, t => t >= time);
        return HasAll(before, treatment) && HasAll(after, treatment) ? (before, after) : (values, values);
    }

    private static double[,] Masked(double[,] values, Func<int, bool> isKept)
    {
        double[,] kept = (double[,])values.Clone();
        for (int row = 0; row < kept.GetLength(0); row++)
        {
            for (int t = 0; t < kept.GetLength(1); t++)
            {
                kept[row, t] = isKept(t) ? kept[row, t] : double.NaN;
            }
        }

        return kept;
    }

    private static bool HasAll(double[,] values, int treatment) =>
        Enumerable.Range(0, values.GetLength(0)).All(row => Enumerable.Range(0, treatment).Any(t => !double.IsNaN(values[row, t])));
}
