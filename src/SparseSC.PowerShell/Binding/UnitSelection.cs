using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.PowerShell.Binding;

/// <summary>Chooses units of a fit or of an effect by their names, with wildcards if wanted.</summary>
/// <param name="names">Rows that can be chosen and their names.</param>
/// <param name="usual">Rows taken when no name is given.</param>
/// <param name="what">What the units belong to, for errors.</param>
internal sealed class UnitSelection(IReadOnlyList<(int Row, string Name)> names, int[] usual, string what)
{
    /// <summary>The units of a fit; without names the treated ones, or all when none is treated.</summary>
    public static UnitSelection Of(SyntheticControlFit fit)
    {
        int[] rows = [.. Enumerable.Range(0, fit.Predictions.GetLength(0))];
        int[] usual = fit.TreatedUnits.Length > 0 ? fit.TreatedUnits : rows;
        return new UnitSelection([.. rows.Select(row => (row, FitRows.UnitName(fit, row)))], usual, "fit");
    }

    /// <summary>The units that take part in an effect; without names the treated ones.</summary>
    public static UnitSelection Of(EffectEstimate effect) =>
        new([.. EffectRows.Units(effect).Select(row => (row, effect.Units[row]))], EffectRows.TreatedUnits(effect), "effect");

    /// <summary>Rows of the units that any pattern names.</summary>
    /// <param name="patterns">Names, with wildcards if wanted; <c>null</c> takes the usual ones.</param>
    /// <param name="unknown">Told of every name without wildcards that is no unit; the others are chosen all the same.</param>
    public int[] Rows(string[]? patterns, Action<string, InvalidInputException> unknown)
    {
        if (patterns is null)
        {
            return usual;
        }

        bool[] isWanted = new bool[names.Count];
        foreach (string pattern in patterns)
        {
            // A name with brackets is taken as it stands before it is taken as a pattern.
            bool isName = names.Any(unit => Same(unit.Name, pattern));
            WildcardPattern wildcard = new(pattern, WildcardOptions.IgnoreCase);
            for (int unit = 0; unit < names.Count; unit++)
            {
                isWanted[unit] |= isName ? Same(names[unit].Name, pattern) : wildcard.IsMatch(names[unit].Name);
            }

            if (!isName && !WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                unknown(pattern, Unknown(pattern));
            }
        }

        return [.. names.Where((_, unit) => isWanted[unit]).Select(unit => unit.Row)];
    }

    private static bool Same(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private InvalidInputException Unknown(string pattern)
    {
        string[] known = [.. names.Select(unit => unit.Name)];
        string more = known.Length > 5 ? ", …" : "";
        string advice = Names.DidYouMean(pattern, known) ?? $". The units are {string.Join(", ", known.Take(5))}{more}.";
        return new InvalidInputException("UnknownUnit", $"{{Unit}}: there is no unit '{pattern}' in the {what}{advice}", "Unit");
    }
}
