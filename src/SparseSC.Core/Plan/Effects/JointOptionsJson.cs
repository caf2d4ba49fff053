using System.Text.Json;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Plan.Effects;

/// <summary>The options of joint fits as JSON, all but functions, donor pool, model type and threads.</summary>
internal static class JointOptionsJson
{
    public static void Write(Utf8JsonWriter json, FitOptions options)
    {
        json.WriteStartObject();
        StoredValue.Write(json, "wPen", options.WPen);
        StoredValue.Write(json, "vPen", options.VPen);
        StoredValue.Write(json, "grid", options.Grid);
        json.WriteNumber("gridMin", options.GridMin);
        json.WriteNumber("gridMax", options.GridMax);
        json.WriteNumber("gridLength", options.GridLength);
        json.WriteNumber("stoppingRule", options.StoppingRule);
        json.WriteString("choice", options.Choice.ToString());
        JsonFolds.Write(json, "cvFolds", options.CvFolds);
        json.WriteNumber("cvSeed", options.CvSeed);
        JsonFolds.Write(json, "gradientFolds", options.GradientFolds);
        json.WriteNumber("gradientSeed", options.GradientSeed);
        json.WriteString("constraint", options.Constraint?.ToString());
        json.WriteString("optimizer", options.Optimizer);
        json.WriteNumber("tol", options.Tol);
        json.WriteNumber("minIter", options.MinIter);
        json.WriteNumber("maxIter", options.MaxIter);
        json.WriteNumber("learningRate", options.LearningRate);
        json.WriteNumber("learningRateAdjustment", options.LearningRateAdjustment);
        json.WriteBoolean("wPenInner", options.WPenInner);
        json.WriteBoolean("cache", options.Cache);
        json.WriteBoolean("keepWeights", options.KeepWeights);
        json.WritePropertyName("matchSpace");
        if (options.MatchSpace is { } matchSpace)
        {
            FastOptionsJson.Write(json, matchSpace);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    public static FitOptions Read(JsonElement json) => new()
    {
        WPen = StoredValue.Numbers(json, "wPen"),
        VPen = StoredValue.Numbers(json, "vPen"),
        Grid = StoredValue.Numbers(json, "grid"),
        GridMin = json.GetProperty("gridMin").GetDouble(),
        GridMax = json.GetProperty("gridMax").GetDouble(),
        GridLength = json.GetProperty("gridLength").GetInt32(),
        StoppingRule = json.GetProperty("stoppingRule").GetDouble(),
        Choice = StoredValue.Enum<PenaltyChoice>(json, "choice"),
        CvFolds = JsonFolds.ReadSpecification(json.GetProperty("cvFolds")),
        CvSeed = json.GetProperty("cvSeed").GetUInt32(),
        GradientFolds = JsonFolds.ReadSpecification(json.GetProperty("gradientFolds")),
        GradientSeed = json.GetProperty("gradientSeed").GetUInt32(),
        Constraint = StoredValue.IsNull(json, "constraint") ? null : StoredValue.Enum<WeightConstraint>(json, "constraint"),
        Optimizer = json.GetProperty("optimizer").GetString()!,
        Tol = json.GetProperty("tol").GetDouble(),
        MinIter = json.GetProperty("minIter").GetInt32(),
        MaxIter = json.GetProperty("maxIter").GetInt32(),
        LearningRate = json.GetProperty("learningRate").GetDouble(),
        LearningRateAdjustment = json.GetProperty("learningRateAdjustment").GetDouble(),
        WPenInner = json.GetProperty("wPenInner").GetBoolean(),
        Cache = json.GetProperty("cache").GetBoolean(),
        KeepWeights = json.GetProperty("keepWeights").GetBoolean(),
        MatchSpace = StoredValue.IsNull(json, "matchSpace") ? null : FastOptionsJson.ReadMatchSpace(json.GetProperty("matchSpace")),
    };
}
