using System.Text.Json;
using SparseSC.Batch.Plan.Effects;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

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
        SearchOptionsJson.Write(json, options);
        json.WriteNumber("gradientSeed", options.GradientSeed);
        JsonFolds.Write(json, "gradientFolds", options.GradientFolds);
        JsonFolds.Write(json, "folds", plan.Folds);
        if (plan.PenaltiesGiven)
        {
            json.WriteBoolean("penaltiesGiven", true);
        }

        if (plan.Further is { } further)
        {
            json.WriteStartObject("further");
            json.WriteNumber("iterations", further.Iterations);
            if (plan.PlannedIterations > 1)
            {
                json.WriteNumber("planned", plan.PlannedIterations);
            }

            StoredValue.Write(json, "vPen", further.VPen);
            StoredValue.Write(json, "wPen", further.WPen);
            JsonNumbers.Write(json, "grid", further.Grid);
            json.WriteEndObject();
        }
    }

    public static PlanParameters Read(JsonElement json)
    {
        FitOptions options = SearchOptionsJson.Read(json);
        options.ModelType = ReadEnum<ModelType>(json, "modelType");
        options.Choice = ReadEnum<PenaltyChoice>(json, "choice");
        options.Constraint = ReadEnum<WeightConstraint>(json, "constraint");
        options.GradientSeed = json.Field("gradientSeed").GetUInt32();
        options.GradientFolds = JsonFolds.ReadSpecification(json.Field("gradientFolds"));
        Fold[] folds = JsonFolds.Read(json.Field("folds"));
        options.CvFolds = FoldSpecification.From(folds);
        options.VPen = JsonNumbers.Read(json.Field("vPen"));
        options.WPen = JsonNumbers.Read(json.Field("wPen"));
        return new PlanParameters(
            options.ModelType.Value,
            JsonNumbers.ReadIntegers(json.Field("treatedUnits")),
            options.VPen,
            options.WPen,
            ReadEnum<PenaltyAxis>(json, "varies"),
            folds,
            options,
            json.TryGetProperty("further", out JsonElement further) ? ReadFurther(further) : null,
            json.TryGetProperty("penaltiesGiven", out _),
            ReadPlannedIterations(further));
    }

    private static FurtherIterations ReadFurther(JsonElement json) => new(
        json.Field("iterations").GetInt32(),
        StoredValue.Numbers(json, "vPen"),
        StoredValue.Numbers(json, "wPen"),
        JsonNumbers.Read(json.Field("grid")));

    // Plans of version 1 leave the iterations after the first to the merge.
    private static int ReadPlannedIterations(JsonElement further)
    {
        if (further.ValueKind != JsonValueKind.Object || !further.TryGetProperty("planned", out JsonElement planned))
        {
            return 1;
        }

        int iterations = planned.GetInt32();
        return iterations >= 1 && iterations <= further.Field("iterations").GetInt32()
            ? iterations
            : throw new JsonFieldException($"{iterations} iterations cannot be planned");
    }

    /// <summary>Checks the header that every file of a batch directory carries.</summary>
    /// <exception cref="BatchPlanException">Another kind of file, or a newer version.</exception>
    public static void CheckHeader(JsonElement json, string format, int version, string file)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("format", out JsonElement found) || found.GetString() != format)
        {
            throw new BatchPlanException(ErrorIds.NotAPlanFile, $"'{file}' is not a {format} file.");
        }

        int have = json.Field("version").GetInt32();
        if (have != version)
        {
            throw new BatchPlanException(ErrorIds.PlanVersion, $"'{file}' has version {have}; this version of the software reads version {version}. Use the version that wrote it, or make the plan again.");
        }
    }

    internal static TEnum ReadEnum<TEnum>(JsonElement json, string name)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(json.Field(name).GetString()!);
}
