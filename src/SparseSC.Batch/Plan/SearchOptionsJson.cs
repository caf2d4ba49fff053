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
        Optimizer = json.Field("optimizer").GetString()!,
        Tol = json.Field("tol").GetDouble(),
        MinIter = json.Field("minIter").GetInt32(),
        MaxIter = json.Field("maxIter").GetInt32(),
        LearningRate = json.Field("learningRate").GetDouble(),
        LearningRateAdjustment = json.Field("learningRateAdjustment").GetDouble(),
        WPenInner = json.Field("wPenInner").GetBoolean(),
        WPenGrid = json.TryGetProperty("wPenGrid", out JsonElement grid) ? Enum.Parse<WPenGrid>(grid.GetString()!) : default,
        Cache = json.Field("cache").GetBoolean(),
        KeepWeights = json.Field("keepWeights").GetBoolean(),
    };
}
