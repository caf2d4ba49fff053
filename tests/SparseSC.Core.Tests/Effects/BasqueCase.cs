using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Core.Tests.Effects;

/// <summary>The Basque Country with predictors, and what the package pysyncon finds; the treated unit is the last row.</summary>
internal sealed class BasqueCase
{
    public BasqueCase()
    {
        string path = Path.Combine(RepositoryFiles.Root, "tests", "data", "rivals", "pysyncon-basque", "outputs.json");
        Outputs = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        JsonElement inputs = Outputs.GetProperty("inputs");
        Predictors = Matrix(inputs, "X0", "X1");
        Outcomes = Matrix(inputs, "Yall0", "Yall1");
    }

    public JsonElement Outputs { get; }

    /// <summary>17 regions, 14 predictors.</summary>
    public FeatureMatrix Predictors { get; }

    /// <summary>17 regions, 1955 to 1997.</summary>
    public FeatureMatrix Outcomes { get; }

    private static FeatureMatrix Matrix(JsonElement inputs, string donors, string treated)
    {
        double[][] rows = [.. inputs.GetProperty(donors).EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetDouble()).ToArray())];
        double[] last = RivalCase.Numbers(inputs, treated);
        double[,] values = new double[rows[0].Length + 1, rows.Length];
        for (int k = 0; k < rows.Length; k++)
        {
            for (int j = 0; j < rows[0].Length; j++)
            {
                values[j, k] = rows[k][j];
            }

            values[rows[0].Length, k] = last[k];
        }

        return FeatureMatrix.FromArray(values);
    }
}
