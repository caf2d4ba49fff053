using SparseSC.Core.Data;

namespace SparseSC.Batch.Plan;

/// <summary>Says which results are missing so that a person sees the pattern: by fold, with the penalties. Never longer than a few lines.</summary>
internal static class MissingText
{
    private const int MostParts = 5;

    public static string Describe(PlanParameters plan, IReadOnlyList<int> missing, int total)
    {
        string[] parts = [.. plan.Stages.SelectMany(stage => Parts(plan, stage, [.. missing.Where(task => task >= stage.FirstTask && task < stage.End)]))];
        string more = parts.Length > MostParts ? $"; {parts.Length - MostParts} more" : "";
        return $"{missing.Count} of {total} results are missing ({string.Join("; ", parts.Take(MostParts))}{more})";
    }

    // Folds that lack the same penalties are said together: after a job that never ran that is one part, not one per fold.
    private static IEnumerable<string> Parts(PlanParameters plan, FitStage stage, int[] missing)
    {
        string where = plan.Stages.Count == 1 ? "" : $"stage {stage.Index + 1}: ";
        IEnumerable<string> scores = missing
            .Where(task => task != stage.ChoosingTask)
            .Select(stage.Task)
            .GroupBy(task => task.Fold, task => task.PenaltyIndices)
            .OrderBy(fold => fold.Key)
            .Select(fold => (Fold: fold.Key, Which: Which(stage, [.. fold.SelectMany(penalties => penalties).Order()])))
            .GroupBy(fold => fold.Which, fold => fold.Fold)
            .Select(folds => $"{where}{(folds.Count() == 1 ? "fold" : "folds")} {IndexRanges.Say(folds)} at {folds.Key}");
        return missing.Length > 0 && missing[^1] == stage.ChoosingTask ? scores.Append($"the choice from stage {stage.Index + 1}") : scores;
    }

    private static string Which(FitStage stage, int[] penalties) =>
        penalties.Length == stage.Penalties ? "all penalties"
        : penalties.Length == 1 ? $"penalty {penalties[0]}"
        : $"penalties {IndexRanges.Say(penalties)}";
}
