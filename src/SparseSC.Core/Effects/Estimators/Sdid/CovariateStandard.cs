using SparseSC.Core.Data;

namespace SparseSC.Core.Effects.Estimators.Sdid;

/// <summary>Covariates with mean 0 and standard deviation 1 over all cells, for a search whose steps depend on their scale.</summary>
internal static class CovariateStandard
{
    public static EffectData Apply(EffectData data) => EffectData.WithVarying(
        data.Outcomes, data.TreatmentPeriods, [.. data.VaryingCovariates.Select(Standardised)], [.. data.CovariateNames]);

    private static double[,] Standardised(double[,] values)
    {
        double[,] result = (double[,])values.Clone();
        Span<double> cells = MatrixRows.All(result);
        double mean = 0;
        foreach (double value in cells)
        {
            mean += value / cells.Length;
        }

        double squares = 0;
        foreach (double value in cells)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(squares / Math.Max(1, cells.Length - 1));
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = deviation > 0 ? (cells[i] - mean) / deviation : 0;
        }

        return result;
    }
}
