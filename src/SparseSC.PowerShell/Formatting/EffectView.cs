using System.Collections;
using System.Globalization;
using System.Management.Automation;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Formatting;

/// <summary>The lines of an effect's list view, for an effect as it is and for one that was saved and read again.</summary>
public static class EffectView
{
    private const string Good = "Good";

    /// <summary>The effect as a share of the synthetic outcome, in per cent.</summary>
    public static string? Relative(PSObject estimate)
    {
        object? value = PropertyReader.Get(PropertyReader.Get(estimate, "Effect"), "Relative");
        return value is null ? null : $"{Percent(value, "Effect")} % [{Percent(value, "CiLow")}, {Percent(value, "CiHigh")}] of the synthetic outcome";
    }

    /// <summary>How many diagnostics are good, and the sentences of those that are not.</summary>
    public static string Diagnostics(PSObject estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        PSObject[] rows = PropertyReader.Unwrap(PropertyReader.Get(estimate, "Diagnostics")) switch
        {
            IEnumerable list => [.. list.Cast<object>().Select(PSObject.AsPSObject)],
            _ => [],
        };
        PSObject[] others = [.. rows.Where(row => SavedView.Words(row, "Verdict") != Good)];
        IEnumerable<string> lines = others.Select(row => $"{SavedView.Words(row, "Verdict")}: {PropertyReader.Get(row, "What")}. {PropertyReader.Get(row, "Sentence")}");
        return string.Join(Environment.NewLine, lines.Prepend($"{rows.Length - others.Length} of {rows.Length} good"));
    }

    private static string Percent(object value, string property) =>
        Number.TryGet(PropertyReader.Get(value, property), out double share) ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) : "";
}
