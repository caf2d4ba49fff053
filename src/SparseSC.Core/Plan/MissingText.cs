using SparseSC.Core.Data;

namespace SparseSC.Core.Plan;

/// <summary>Says which results are missing so that a person sees the pattern: by fold, with the penalties. Never longer than a few lines.</summary>
internal static class MissingText
{
    private const int MostParts = 5;

    public static string Describe(PlanParameters plan, IReadOnlyList<int> missing, int total)
    {
        // Folds that lack the same penalties are said together: after a job that never ran that is one part, not one per fold.
        string[] parts = [.. missing
            .GroupBy(task => plan.Task(task).Fold, task => plan.Task(task).PenaltyIndices)
            .OrderBy(fold => fold.Key)
            .Select(fold => (Fold: fold.Key, Which: Which(plan, [.. fold.SelectMany(penalties => penalties).Order()])))
            .GroupBy(fold => fold.Which, fold => fold.Fold)
            .Select(folds => $"{(folds.Count() == 1 ? "fold" : "folds")} {IndexRanges.Say(folds)} at {folds.Key}")];
        string more = parts.Length > MostParts ? $"; {parts.Length - MostParts} more" : "";
        return $"{missing.Count} of {total} results are missing ({string.Join("; ", parts.Take(MostParts))}{more})";
    }

    private static string Which(PlanParameters plan, int[] penalties) =>
        penalties.Length == plan.Penalties ? "all penalties"
        : penalties.Length == 1 ? $"penalty {penalties[0]}"
        : $"penalties {IndexRanges.Say(penalties)}";
}
