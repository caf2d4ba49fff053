using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>The data of a plan of effects, read back and checked against their digests.</summary>
internal static class EffectPlanData
{
    public static EffectData Read(string directory, JsonElement plan, EffectPlanParameters parameters, IReadOnlyList<string> warnings)
    {
        foreach (JsonElement entry in plan.Field("matrices").EnumerateArray())
        {
            PlanFileEntry.Read(entry).Verify(directory);
        }

        FeatureMatrix outcomes = Named(NpyReader.Read(Path.Combine(directory, PlanLayout.OutcomesFile), null), parameters.UnitNames, parameters.TimeNames);
        if (parameters.Covariates is not { } covariates)
        {
            return new EffectData(outcomes, parameters.TreatmentPeriods) { Warnings = warnings };
        }

        // Means of what varies leave its gaps out.
        FeatureMatrix values = NpyReader.Read(Path.Combine(directory, PlanLayout.CovariatesFile), null, allowGaps: covariates.Varying);
        return covariates.Varying
            ? EffectData.WithVarying(outcomes, parameters.TreatmentPeriods, Unstack(values, outcomes.Rows), covariates.Names!, warnings)
            : new EffectData(outcomes, parameters.TreatmentPeriods, Named(values, parameters.UnitNames, covariates.Names)) { Warnings = warnings };
    }

    /// <summary>Matrices of one shape below each other.</summary>
    public static FeatureMatrix Stack(IReadOnlyList<double[,]> matrices)
    {
        int rows = matrices[0].GetLength(0);
        int columns = matrices[0].GetLength(1);
        double[] values = new double[matrices.Count * rows * columns];
        for (int i = 0; i < matrices.Count; i++)
        {
            HeldOutResult.Values(matrices[i]).CopyTo(values.AsSpan(i * rows * columns));
        }

        return new FeatureMatrix(values, matrices.Count * rows, columns);
    }

    private static double[][,] Unstack(FeatureMatrix stacked, int rows)
    {
        double[][,] matrices = new double[stacked.Rows / rows][,];
        for (int i = 0; i < matrices.Length; i++)
        {
            matrices[i] = new double[rows, stacked.Columns];
            stacked.Values.AsSpan(i * rows * stacked.Columns, rows * stacked.Columns).CopyTo(HeldOutResult.Values(matrices[i]));
        }

        return matrices;
    }

    private static FeatureMatrix Named(FeatureMatrix matrix, string[]? rows, string[]? columns) =>
        new(matrix.Values, matrix.Rows, matrix.Columns, rows, columns);
}
