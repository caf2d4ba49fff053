using System.Text.Json;
using SparseSC.Core.Models;
using SparseSC.Numerics.Regression;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>The options of fast fits and of match spaces as JSON.</summary>
internal static class FastOptionsJson
{
    public static void Write(Utf8JsonWriter json, FastFitOptions options)
    {
        json.WriteStartObject();
        json.WritePropertyName("matchSpace");
        Write(json, options.MatchSpace);
        StoredValue.Write(json, "wPens", options.WPens);
        json.WriteString("wPenGrid", options.WPenGrid.ToString());
        json.WriteString("wPenBy", options.WPenBy.ToString());
        json.WriteBoolean("keepWeights", options.KeepWeights);
        json.WriteEndObject();
    }

    public static FastFitOptions Read(JsonElement json) => new()
    {
        MatchSpace = ReadMatchSpace(json.Field("matchSpace")),
        WPens = StoredValue.Numbers(json, "wPens"),
        WPenGrid = StoredValue.Enum<WPenGrid>(json, "wPenGrid"),
        WPenBy = StoredValue.Enum<WPenRule>(json, "wPenBy"),
        KeepWeights = json.Field("keepWeights").GetBoolean(),
    };

    public static void Write(Utf8JsonWriter json, MatchSpaceOptions options)
    {
        json.WriteStartObject();
        json.WriteString("kind", options.Kind.ToString());
        StoredValue.Write(json, "v", options.V);
        StoredValue.Write(json, "vPens", options.VPens);
        json.WriteBoolean("normalize", options.Normalize);
        StoredValue.Write(json, "lassoFolds", options.LassoFolds);
        json.WriteString("lassoSolver", options.LassoSolver.ToString());
        json.WriteNumber("lassoTol", options.LassoTol);
        json.WriteNumber("lassoMaxIter", options.LassoMaxIter);
        StoredValue.Write(json, "seFactor", options.SeFactor);
        json.WriteNumber("sampleFraction", options.SampleFraction);
        json.WriteNumber("seed", options.Seed);
        StoredValue.Write(json, "targetBlock", options.TargetBlock);
        json.WriteNumber("treatmentShare", options.TreatmentShare);
        json.WriteEndObject();
    }

    public static MatchSpaceOptions ReadMatchSpace(JsonElement json) => new()
    {
        Kind = StoredValue.Enum<MatchSpaceKind>(json, "kind"),
        V = StoredValue.Numbers(json, "v"),
        VPens = StoredValue.Numbers(json, "vPens"),
        Normalize = json.Field("normalize").GetBoolean(),
        LassoFolds = json.Field("lassoFolds") is { ValueKind: JsonValueKind.Number } folds ? folds.GetInt32() : null,
        LassoSolver = StoredValue.Enum<LassoSolver>(json, "lassoSolver"),
        LassoTol = json.Field("lassoTol").GetDouble(),
        LassoMaxIter = json.Field("lassoMaxIter").GetInt32(),
        SeFactor = StoredValue.Number(json, "seFactor"),
        SampleFraction = json.Field("sampleFraction").GetDouble(),
        Seed = json.Field("seed").GetUInt32(),
        TargetBlock = StoredValue.Integer(json, "targetBlock"),
        TreatmentShare = json.Field("treatmentShare").GetDouble(),
    };
}
