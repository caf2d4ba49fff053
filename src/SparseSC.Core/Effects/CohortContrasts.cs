using SparseSC.Core.Data;

namespace SparseSC.Core.Effects;

/// <summary>Which contrasts of units the differences of one treatment time are: c = ι − w, a vector over all units of the data.</summary>
/// <param name="Column">Column of the treatment.</param>
/// <param name="Treated">One row per treated unit.</param>
/// <param name="Controls">One row per control, with the weights of the fit that held it out.</param>
internal sealed record CohortContrasts(int Column, double[,] Treated, double[,] Controls)
{
    /// <summary>Puts weights of a sample where its units stand in the data.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="treatedWeights">Treated × controls, by the main fit.</param>
    /// <param name="controlWeights">Controls × controls, by the fits that held them out, or by the main fit.</param>
    /// <param name="units">Number of units in the data.</param>
    public static CohortContrasts Of(PeriodSample sample, double[,] treatedWeights, double[,] controlWeights, int units) => new(
        sample.TreatmentPeriod, Contrasts(sample, sample.Treated, treatedWeights, units), Contrasts(sample, sample.Controls, controlWeights, units));

    private static double[,] Contrasts(PeriodSample sample, int[] rows, double[,] weights, int units)
    {
        double[,] contrasts = new double[rows.Length, units];
        for (int i = 0; i < rows.Length; i++)
        {
            Write(sample, rows[i], MatrixRows.Row(weights, i), MatrixRows.Row(contrasts, i));
        }

        return contrasts;
    }

    private static void Write(PeriodSample sample, int unit, ReadOnlySpan<double> weights, Span<double> contrast)
    {
        contrast[sample.Units[unit]] = 1;
        for (int j = 0; j < weights.Length; j++)
        {
            contrast[sample.Units[sample.Controls[j]]] -= weights[j];
        }
    }
}
