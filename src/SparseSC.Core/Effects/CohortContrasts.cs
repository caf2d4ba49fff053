using SparseSC.Core.Fitting;

namespace SparseSC.Core.Effects;

/// <summary>Which contrasts of units the differences of one treatment time are: c = ι − w, a vector over all units of the data.</summary>
/// <param name="Column">Column of the treatment.</param>
/// <param name="Treated">One row per treated unit.</param>
/// <param name="Controls">One row per control, with the weights of the fit that held it out.</param>
internal sealed record CohortContrasts(int Column, double[,] Treated, double[,] Controls)
{
    /// <summary>Puts weights of a sample where its units stand in the data.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="weights">Units × controls, by the main fit.</param>
    /// <param name="heldOut">Controls × controls, by the fits that held them out; <c>null</c> takes the main fit's.</param>
    /// <param name="units">Number of units in the data.</param>
    public static CohortContrasts Of(PeriodSample sample, double[,] weights, double[,]? heldOut, int units)
    {
        double[,] treated = new double[sample.Treated.Length, units];
        for (int i = 0; i < sample.Treated.Length; i++)
        {
            Write(sample, sample.Treated[i], UnitWeights.Row(weights, sample.Treated[i]), UnitWeights.Row(treated, i));
        }

        double[,] controls = new double[sample.Controls.Length, units];
        for (int j = 0; j < sample.Controls.Length; j++)
        {
            int unit = sample.Controls[j];
            Write(sample, unit, heldOut is null ? UnitWeights.Row(weights, unit) : UnitWeights.Row(heldOut, j), UnitWeights.Row(controls, j));
        }

        return new CohortContrasts(sample.TreatmentPeriod, treated, controls);
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
