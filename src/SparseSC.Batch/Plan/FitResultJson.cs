using System.Text.Json;
using SparseSC.Batch.Plan.Effects;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>Results of a fit's tasks as JSON: scores, and choices between stages.</summary>
internal static class FitResultJson
{
    public static void Write(Utf8JsonWriter json, ScoreResult result)
    {
        json.WriteNumber("fold", result.Fold);
        JsonNumbers.Write(json, "penalties", result.PenaltyIndices);
        JsonNumbers.Write(json, "scores", result.Scores);

        // A file of the first stage is that of a plan which has no other; its penalties stand in the plan.
        if (result.VPen.Length > 0)
        {
            JsonNumbers.Write(json, "vPen", result.VPen);
            JsonNumbers.Write(json, "wPen", result.WPen);
        }
    }

    public static void Write(Utf8JsonWriter json, ChoiceResult result)
    {
        JsonNumbers.Write(json, "scores", result.Scores);
        JsonNumbers.Write(json, "standardErrors", result.StandardErrors);
        StoredValue.Write(json, "selectedIndex", result.SelectedIndex);
        json.WriteNumber("vPen", result.VPen);
        json.WriteNumber("wPen", result.WPen);
        json.WriteStartObject("next");
        JsonNumbers.Write(json, "vPen", result.NextVPen);
        JsonNumbers.Write(json, "wPen", result.NextWPen);
        json.WriteEndObject();
    }

    public static ScoreResult ReadScores(PlanTask expected, JsonElement json)
    {
        bool isLater = expected.Stage > 1;
        ScoreResult result = new(
            expected.Index,
            json.Field("fold").GetInt32(),
            JsonNumbers.ReadIntegers(json.Field("penalties")),
            JsonNumbers.Read(json.Field("scores")),
            isLater ? JsonNumbers.Read(json.Field("vPen")) : [],
            isLater ? JsonNumbers.Read(json.Field("wPen")) : []);
        int count = result.PenaltyIndices.Length;
        if (expected.Fold != result.Fold
            || !expected.PenaltyIndices.AsSpan().SequenceEqual(result.PenaltyIndices)
            || result.Scores.Length != count)
        {
            throw TaskResultFile.Refuse(
                $"task {expected.Index} is fold {expected.Fold} at penalties {IndexRanges.Say(expected.PenaltyIndices)}, "
                + $"not fold {result.Fold} at {IndexRanges.Say(result.PenaltyIndices)}");
        }

        if (isLater && (result.VPen.Length != count || result.WPen.Length != count))
        {
            throw TaskResultFile.Refuse($"task {expected.Index} must say at which {count} penalties it was scored");
        }

        return AreScores(result.Scores)
            ? result
            : throw TaskResultFile.Refuse($"task {expected.Index} has a score that is not a number of 0 or more");
    }

    public static ChoiceResult ReadChoice(FitStage stage, FitStage next, JsonElement json)
    {
        JsonElement follows = json.Field("next");
        ChoiceResult result = new(
            stage.ChoosingTask!.Value,
            JsonNumbers.Read(json.Field("scores")),
            JsonNumbers.Read(json.Field("standardErrors")),
            StoredValue.Integer(json, "selectedIndex"),
            json.Field("vPen").GetDouble(),
            json.Field("wPen").GetDouble(),
            JsonNumbers.Read(follows.Field("vPen")),
            JsonNumbers.Read(follows.Field("wPen")));
        bool isWhole = result.Scores.Length == stage.Penalties && result.StandardErrors.Length == stage.Penalties
            && result.SelectedIndex is null or >= 0 && (result.SelectedIndex ?? 0) < stage.Penalties
            && result.NextVPen.Length == (next.Varies == PenaltyAxis.V ? next.Penalties : 1)
            && result.NextWPen.Length == (next.Varies == PenaltyAxis.W ? next.Penalties : 1)
            && AreScores(result.Scores) && AreScores(result.StandardErrors)
            && AreScores([result.VPen, result.WPen, .. result.NextVPen, .. result.NextWPen]);
        return isWhole
            ? result
            : throw TaskResultFile.Refuse(
                $"task {result.Task} must choose one of {stage.Penalties} penalties, and name {next.Penalties} for the next stage");
    }

    private static bool AreScores(double[] values) => Array.TrueForAll(values, value => double.IsFinite(value) && value >= 0);
}
