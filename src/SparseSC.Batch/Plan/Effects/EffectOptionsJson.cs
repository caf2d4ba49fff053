using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>The options of an effect estimate as JSON: what the numbers depend on, which threads are not.</summary>
internal static class EffectOptionsJson
{
    public static void Write(Utf8JsonWriter json, EffectOptions options)
    {
        json.WriteStartObject();
        json.WriteString("method", options.Method.ToString());
        json.WriteString("modelType", options.ModelType.ToString());
        StoredValue.Write(json, "prePeriods", options.PrePeriods);
        StoredValue.Write(json, "postPeriods", options.PostPeriods);
        StoredValue.Write(json, "evaluationPeriods", options.EvaluationPeriods);
        StoredValue.Write(json, "crossFitFolds", options.CrossFitFolds);
        json.WriteString("crossFitMethod", options.CrossFitMethod?.ToString());
        json.WriteNumber("crossFitSeed", options.CrossFitSeed);
        json.WriteNumber("maxPlacebos", options.MaxPlacebos);
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("level", options.Level);
        json.WriteBoolean("asymmetric", options.Asymmetric);
        json.WriteString("interval", options.Interval.ToString());
        json.WriteString("placeboScale", options.PlaceboScale.ToString());
        StoredValue.Write(json, "doses", options.Doses);
        json.WriteBoolean("averageTreated", options.AverageTreated);
        json.WriteBoolean("demean", options.Demean);
        json.WriteString("weights", options.Weights.ToString());
        json.WriteString("scale", options.Scale.ToString());
        json.WritePropertyName("fast");
        FastOptionsJson.Write(json, options.Fast);
        json.WritePropertyName("joint");
        JointOptionsJson.Write(json, options.Joint);
        if (options.Method == EffectMethod.Penalized)
        {
            StoredValue.Write(json, "penalty", options.Penalized.Penalty);
        }

        if (options.Method == EffectMethod.Robust)
        {
            StoredValue.Write(json, "rank", options.Robust.Rank);
            json.WriteNumber("ridge", options.Robust.Ridge);
        }

        json.WriteEndObject();
    }

    public static EffectOptions Read(JsonElement json) => new()
    {
        Method = StoredValue.Enum<EffectMethod>(json, "method"),
        ModelType = StoredValue.Enum<ModelType>(json, "modelType"),
        PrePeriods = StoredValue.Integer(json, "prePeriods"),
        PostPeriods = StoredValue.Integer(json, "postPeriods"),
        EvaluationPeriods = StoredValue.Integer(json, "evaluationPeriods"),
        CrossFitFolds = StoredValue.Integer(json, "crossFitFolds"),
        CrossFitMethod = StoredValue.IsNull(json, "crossFitMethod") ? null : StoredValue.Enum<EffectMethod>(json, "crossFitMethod"),
        CrossFitSeed = json.Field("crossFitSeed").GetUInt32(),
        MaxPlacebos = json.Field("maxPlacebos").GetInt32(),
        Seed = json.Field("seed").GetUInt32(),
        Level = json.Field("level").GetDouble(),
        Asymmetric = json.Field("asymmetric").GetBoolean(),
        PlaceboScale = StoredValue.Enum<PlaceboScale>(json, "placeboScale"),
        Interval = StoredValue.Enum<IntervalRule>(json, "interval"),
        Doses = StoredValue.Numbers(json, "doses"),
        AverageTreated = json.Field("averageTreated").GetBoolean(),
        Demean = json.Field("demean").GetBoolean(),
        Weights = StoredValue.Enum<KeptUnits>(json, "weights"),
        Scale = StoredValue.Enum<CovariateScale>(json, "scale"),
        Fast = FastOptionsJson.Read(json.Field("fast")),
        Joint = JointOptionsJson.Read(json.Field("joint")),
        Robust = new RobustOptions
        {
            Rank = json.TryGetProperty("rank", out _) ? StoredValue.Integer(json, "rank") : null,
            Ridge = json.TryGetProperty("ridge", out JsonElement ridge) ? ridge.GetDouble() : 0,
        },
        Penalized = new PenalizedOptions { Penalty = json.TryGetProperty("penalty", out _) ? StoredValue.Number(json, "penalty") : null },
    };
}
