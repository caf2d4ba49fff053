using SparseSC.Core.Errors;

namespace SparseSC.Core.Design;

/// <summary>Makes the sets of test units that are compared.</summary>
internal static class MarketCandidates
{
    /// <exception cref="InvalidInputException">Sizes are missing or too large, or no set has the units asked for.</exception>
    public static TestSet[] Create(DesignPanel panel, Similarity similarity, MarketOptions options)
    {
        if (options.Sizes.Length == 0)
        {
            throw new InvalidInputException("SizesMissing", "{Sizes} is missing; give how many units a set may have, such as 2,3.", "Sizes");
        }

        int[] include = panel.Find(options.IncludeUnits, "IncludeUnits");
        int[] exclude = panel.Find(options.ExcludeUnits, "ExcludeUnit");
        if (include.FirstOrDefault(exclude.Contains, -1) is var both and >= 0)
        {
            throw new InvalidInputException(
                "TestUnitIncludedAndExcluded", $"{{IncludeUnits}} and {{ExcludeUnit}} both name '{panel.Data.UnitName(both)}'. Give it in one of them.", "ExcludeUnit");
        }

        bool[] taken = new bool[panel.Units];
        Array.Fill(taken, true);
        foreach (int row in exclude)
        {
            taken[row] = false;
        }

        int most = Math.Min(taken.Count(isTaken => isTaken), panel.Units - 1);
        if (options.Sizes.FirstOrDefault(size => size < 1 || size > most, 1) is var wrong && (wrong < 1 || wrong > most))
        {
            throw new InvalidInputException(
                "OptionOutOfRange", $"{{Sizes}} {wrong} must be from 1 to {most}, so that a unit to compare with is left.", "Sizes");
        }

        CheckHoldout(options);
        int[][] rows = similarity.Rows(taken);
        TestSet[] sets =
        [
            .. options.Sizes.Distinct()
                .SelectMany(size => similarity.Candidates(rows, size))
                .Where(units => include.All(units.Contains))
                .Select(units => TestSet.Of(units, panel.Units, [])),
        ];
        return sets.Length > 0 ? sets : throw new InvalidInputException(
            "NoCandidate",
            "{Sizes}: no set of similar units has all of {IncludeUnits}. Allow larger sets, or fewer units that every set must have.",
            "IncludeUnits");
    }

    private static void CheckHoldout(MarketOptions options)
    {
        double low = options.MinHoldout ?? 0;
        double high = options.MaxHoldout ?? 1;
        if (!(low >= 0 && low < high && high <= 1))
        {
            throw new InvalidInputException(
                "HoldoutOutOfRange", $"{{MinHoldout}} {low:R} must lie below {{MaxHoldout}} {high:R}, both from 0 to 1.", "MinHoldout");
        }
    }
}
