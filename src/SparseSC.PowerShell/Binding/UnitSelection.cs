using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;

namespace SparseSC.PowerShell.Binding;

/// <summary>Chooses units of a fit by their names, with wildcards if wanted.</summary>
internal static class UnitSelection
{
    /// <summary>Rows of the units that any pattern names; without patterns the treated ones, or all when none is treated.</summary>
    /// <exception cref="InvalidInputException">A name without wildcards is no unit of the fit.</exception>
    public static int[] Rows(SyntheticControlFit fit, string[]? patterns)
    {
        int units = fit.Predictions.GetLength(0);
        if (patterns is null)
        {
            return fit.TreatedUnits.Length > 0 ? fit.TreatedUnits : [.. Enumerable.Range(0, units)];
        }

        string[] names = [.. Enumerable.Range(0, units).Select(unit => FitRows.UnitName(fit, unit))];
        foreach (string pattern in patterns)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(pattern) && !names.Contains(pattern, StringComparer.OrdinalIgnoreCase))
            {
                string advice = Names.DidYouMean(pattern, names) ?? $". The units are {string.Join(", ", names.Take(5))}{(units > 5 ? ", …" : "")}.";
                throw new InvalidInputException("UnknownUnit", $"{{Unit}}: there is no unit '{pattern}' in the fit{advice}", "Unit");
            }
        }

        WildcardPattern[] wanted = [.. patterns.Select(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase))];
        return [.. Enumerable.Range(0, units).Where(unit => wanted.Any(pattern => pattern.IsMatch(names[unit])))];
    }
}
