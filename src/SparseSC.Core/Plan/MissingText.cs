namespace SparseSC.Core.Plan;

/// <summary>Says which results are missing so that a person sees the pattern: by fold, with the penalties.</summary>
internal static class MissingText
{
    private const int MaxFolds = 5;

    public static string Describe(PlanParameters plan, IReadOnlyList<int> missing, int total)
    {
        List<string> parts = [];
        IGrouping<int, int>[] folds = [.. missing.GroupBy(task => plan.Task(task).Fold).OrderBy(g => g.Key)];
        foreach (IGrouping<int, int> fold in folds.Take(MaxFolds))
        {
            int[] penalties = [.. fold.SelectMany(task => plan.Task(task).PenaltyIndices).Order()];
            string which = penalties.Length == plan.Penalties ? "all penalties"
                : penalties.Length == 1 ? $"penalty {penalties[0]}"
                : $"penalties {string.Join(", ", penalties)}";
            parts.Add($"fold {fold.Key} at {which}");
        }

        if (folds.Length > MaxFolds)
        {
            parts.Add($"{folds.Length - MaxFolds} more folds");
        }

        return $"{missing.Count} of {total} results are missing ({string.Join("; ", parts)})";
    }
}
