using System.Text;

namespace SparseSC.Core.Data;

/// <summary>Finds names that differ only by case, by blanks or by the way a letter is coded: most often one unit under two names.</summary>
public static class LookAlikes
{
    private const int MostListed = 5;

    /// <summary>A warning that lists the names that look alike; <c>null</c> when none do.</summary>
    public static string? Warning(IReadOnlyList<string>? names)
    {
        string[][] groups = [.. (names ?? []).Distinct().GroupBy(Look).Select(group => group.ToArray()).Where(group => group.Length > 1)];
        if (groups.Length == 0)
        {
            return null;
        }

        string list = string.Join("; ", groups.Take(MostListed).Select(Say));
        string more = groups.Length > MostListed ? $"; and {groups.Length - MostListed} more" : "";
        return $"Some unit names differ only by case, blanks or the way a letter is coded and are taken as different units: {list}{more}. "
            + "If they are one unit, give it one name in the data.";
    }

    /// <summary>A sentence about the names that look like <paramref name="name"/>, a blank before it; empty when there are none.</summary>
    internal static string Hint(string name, IReadOnlyList<string> names)
    {
        string look = Look(name);
        string[] others = [.. names.Where(other => other != name && Look(other) == look).Distinct()];
        return others.Length == 0 ? "" : $" The unit looks like {Say(others)}: if they are one unit, give it one name in the data.";
    }

    private static string Say(string[] names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>Whether two names differ only by the way a letter is coded, which nobody sees.</summary>
    internal static bool LooksTheSame(string name, string other) =>
        name != other && LetterParts.Of(name).Equals(LetterParts.Of(other), StringComparison.Ordinal);

    // Where the runtime carries no tables of letters (the command line), normalising changes nothing: letters are taken apart by ours.
    private static string Look(string name) => LetterParts.Of(string.Join(
        ' ', name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant());
}
