using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>How a joint fit searches, as JSON: the part that plans of fits and of effects have in common.</summary>
internal static class SearchOptionsJson
{
    public static void Write(Utf8JsonWriter json, FitOptions options)
    {
        json.WriteString("optimizer", options.Optimizer);
        json.WriteNumber("tol", options.Tol);
        json.WriteNumber("minIter", options.MinIter);
        json.WriteNumber("maxIter", options.MaxIter);
        json.WriteNumber("learningRate", options.LearningRate);
        json.WriteNumber("learningRateAdjustment", options.LearningRateAdjustment);
        json.WriteBoolean("wPenInner", options.WPenInner);
        if (options.WPenInner)
        {
            json.WriteString("wPenGrid", options.WPenGrid.ToString());
        }

        json.WriteBoolean("cache", options.Cache);
        json.WriteBoolean("keepWeights", options.KeepWeights);
    }

    /// <summary>Options with what <see cref="Write"/> wrote, and the defaults elsewhere.</summary>
    public static FitOptions Read(JsonElement json) => new()
    {
        Optimizer = json.GetProperty("optimizer").GetString()!,
        Tol = json.GetProperty("tol").GetDouble(),
        MinIter = json.GetProperty("minIter").GetInt32(),
        MaxIter = json.GetProperty("maxIter").GetInt32(),
        LearningRate = json.GetProperty("learningRate").GetDouble(),
        LearningRateAdjustment = json.GetProperty("learningRateAdjustment").GetDouble(),
        WPenInner = json.GetProperty("wPenInner").GetBoolean(),
        WPenGrid = json.TryGetProperty("wPenGrid", out JsonElement grid) ? Enum.Parse<WPenGrid>(grid.GetString()!) : default,
        Cache = json.GetProperty("cache").GetBoolean(),
        KeepWeights = json.GetProperty("keepWeights").GetBoolean(),
    };
}
