using System.Text.Json;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Plan;

/// <summary>Plan parameters as versioned JSON.</summary>
internal static class PlanParametersJson
{
    public const string Format = "sparsesc-plan";
    public const int Version = 1;

    public static void Write(Utf8JsonWriter json, PlanParameters plan)
    {
        FitOptions options = plan.Options;
        json.WriteString("modelType", plan.ModelType.ToString());
        JsonNumbers.Write(json, "treatedUnits", plan.TreatedUnits);
        JsonNumbers.Write(json, "vPen", plan.VPen);
        JsonNumbers.Write(json, "wPen", plan.WPen);
        json.WriteString("varies", plan.Varies.ToString());
        json.WriteString("choice", options.Choice.ToString());
        json.WriteString("constraint", options.Constraint!.Value.ToString());
        json.WriteString("optimizer", options.Optimizer);
        json.WriteNumber("tol", options.Tol);
        json.WriteNumber("minIter", options.MinIter);
        json.WriteNumber("maxIter", options.MaxIter);
        json.WriteNumber("learningRate", options.LearningRate);
        json.WriteNumber("learningRateAdjustment", options.LearningRateAdjustment);
        json.WriteBoolean("wPenInner", options.WPenInner);
        json.WriteBoolean("cache", options.Cache);
        json.WriteBoolean("keepWeights", options.KeepWeights);
        json.WriteNumber("gradientSeed", options.GradientSeed);
        JsonFolds.Write(json, "gradientFolds", options.GradientFolds);
        JsonFolds.Write(json, "folds", plan.Folds);
    }

    public static PlanParameters Read(JsonElement json)
    {
        FitOptions options = new()
        {
            ModelType = ReadEnum<ModelType>(json, "modelType"),
            Choice = ReadEnum<PenaltyChoice>(json, "choice"),
            Constraint = ReadEnum<WeightConstraint>(json, "constraint"),
            Optimizer = json.GetProperty("optimizer").GetString()!,
            Tol = json.GetProperty("tol").GetDouble(),
            MinIter = json.GetProperty("minIter").GetInt32(),
            MaxIter = json.GetProperty("maxIter").GetInt32(),
            LearningRate = json.GetProperty("learningRate").GetDouble(),
            LearningRateAdjustment = json.GetProperty("learningRateAdjustment").GetDouble(),
            WPenInner = json.GetProperty("wPenInner").GetBoolean(),
            Cache = json.GetProperty("cache").GetBoolean(),
            KeepWeights = json.GetProperty("keepWeights").GetBoolean(),
            GradientSeed = json.GetProperty("gradientSeed").GetUInt32(),
            GradientFolds = JsonFolds.ReadSpecification(json.GetProperty("gradientFolds")),
        };
        Fold[] folds = JsonFolds.Read(json.GetProperty("folds"));
        options.CvFolds = FoldSpecification.From(folds);
        options.VPen = JsonNumbers.Read(json.GetProperty("vPen"));
        options.WPen = JsonNumbers.Read(json.GetProperty("wPen"));
        return new PlanParameters(
            options.ModelType.Value,
            JsonNumbers.ReadIntegers(json.GetProperty("treatedUnits")),
            options.VPen,
            options.WPen,
            ReadEnum<PenaltyAxis>(json, "varies"),
            folds,
            options);
    }

    /// <summary>Checks the header that every file of a batch directory carries.</summary>
    /// <exception cref="BatchPlanException">Another kind of file, or a newer version.</exception>
    public static void CheckHeader(JsonElement json, string format, int version, string file)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("format", out JsonElement found) || found.GetString() != format)
        {
            throw new BatchPlanException("NotAPlanFile", $"'{file}' is not a {format} file.");
        }

        int have = json.GetProperty("version").GetInt32();
        if (have != version)
        {
            throw new BatchPlanException("PlanVersion", $"'{file}' has version {have}; this version of the software reads version {version}. Use the version that wrote it, or make the plan again.");
        }
    }

    internal static TEnum ReadEnum<TEnum>(JsonElement json, string name)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(json.GetProperty(name).GetString()!);
}
