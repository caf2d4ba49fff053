using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

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
        SearchOptionsJson.Write(json, options);
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

    public static FitOptions Read(JsonElement json)
    {
        FitOptions options = SearchOptionsJson.Read(json);
        options.WPen = StoredValue.Numbers(json, "wPen");
        options.VPen = StoredValue.Numbers(json, "vPen");
        options.Grid = StoredValue.Numbers(json, "grid");
        options.GridMin = json.Field("gridMin").GetDouble();
        options.GridMax = json.Field("gridMax").GetDouble();
        options.GridLength = json.Field("gridLength").GetInt32();
        options.StoppingRule = json.Field("stoppingRule").GetDouble();
        options.Choice = StoredValue.Enum<PenaltyChoice>(json, "choice");
        options.CvFolds = JsonFolds.ReadSpecification(json.Field("cvFolds"));
        options.CvSeed = json.Field("cvSeed").GetUInt32();
        options.GradientFolds = JsonFolds.ReadSpecification(json.Field("gradientFolds"));
        options.GradientSeed = json.Field("gradientSeed").GetUInt32();
        options.Constraint = StoredValue.IsNull(json, "constraint") ? null : StoredValue.Enum<WeightConstraint>(json, "constraint");
        options.MatchSpace = StoredValue.IsNull(json, "matchSpace") ? null : FastOptionsJson.ReadMatchSpace(json.Field("matchSpace"));
        return options;
    }
}
