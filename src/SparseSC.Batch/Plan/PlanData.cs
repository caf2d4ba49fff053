using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>The matrices of a plan, read back and checked against their digests.</summary>
internal static class PlanData
{
    public static FitData Read(string directory, JsonElement plan, PlanParameters parameters)
    {
        foreach (JsonElement entry in plan.Field("matrices").EnumerateArray())
        {
            PlanFileEntry file = PlanFileEntry.Read(entry);
            file.Verify(directory);
            if (file.Name == PlanLayout.DonorPoolFile)
            {
                parameters.Options.DonorPool = ToPool(MatrixReader.Read(Path.Combine(directory, file.Name)));
            }
        }

        FeatureMatrix features = MatrixReader.Read(Path.Combine(directory, PlanLayout.FeaturesFile));
        FeatureMatrix targets = MatrixReader.Read(Path.Combine(directory, PlanLayout.TargetsFile));
        string[]? units = JsonNames.Read(plan, "unitNames");
        return new FitData(
            new FeatureMatrix(features.Values, features.Rows, features.Columns, units, JsonNames.Read(plan, "featureNames")),
            new FeatureMatrix(targets.Values, targets.Rows, targets.Columns, units, JsonNames.Read(plan, "targetNames")),
            parameters.TreatedUnits,
            plan.TryGetProperty("covariateFeatures", out JsonElement covariates) ? covariates.GetInt32() : null)
        {
            Scaling = plan.TryGetProperty("featureCentre", out JsonElement centre)
                ? new FeatureScaling(JsonNumbers.Read(centre), JsonNumbers.Read(plan.Field("featureScale")), plan.Field("scalingWarning").GetString())
                : null,
        };
    }

    public static FeatureMatrix ToMatrix(bool[,] pool)
    {
        double[] values = new double[pool.Length];
        int i = 0;
        foreach (bool allowed in pool)
        {
            values[i++] = allowed ? 1 : 0;
        }

        return new FeatureMatrix(values, pool.GetLength(0), pool.GetLength(1));
    }

    private static bool[,] ToPool(FeatureMatrix matrix)
    {
        bool[,] pool = new bool[matrix.Rows, matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                pool[i, j] = matrix[i, j] != 0;
            }
        }

        return pool;
    }
}
