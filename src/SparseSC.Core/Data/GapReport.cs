using System.Globalization;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Says which outcomes are missing, the way out, and what was made up or left out.</summary>
internal sealed class GapReport(PanelOptions options, string? source, string[] units, string[] times, int[,] rows, int?[] periods, GapClosing closing)
{
    private const int MostNamed = 10;

    /// <summary>The error about gaps that stay.</summary>
    public InvalidInputException Error(GapOutcome outcome)
    {
        if (outcome.Open.Count == 0)
        {
            return closing.HasDonor(outcome) ? NothingLeft("NoCompleteTime", "time on one side of the treatment", "DropTime", "time to compare")
                : NothingLeft("NoCompleteUnit", "untreated unit", "DropUnit", "donor");
        }

        (int unit, int time) = outcome.Open[0];
        string place = rows[unit, time] == 0
            ? source is null ? "there is no such row" : $"{source} has no such row"
            : PanelBuilder.Place(source, rows[unit, time]);
        string others = outcome.Open.Count == 1 ? "" : $", the first of {outcome.Open.Count} gaps in {Count(outcome.Open)}";
        string reason = options.Missing == MissingOutcome.Error ? "" : $" {{Missing}} {Say(options.Missing)} leaves it: {closing.Reason(unit, time, options.Missing)}.";
        return new InvalidInputException(
            "OutcomeMissing",
            $"Outcome '{options.Outcome}' has no value for unit '{units[unit]}' at time {times[time]} ({place}){others}."
                + $"{LookAlikes.Hint(units[unit], units)}{reason} {WayOut()}",
            "Outcome") { Subject = ToObjects(outcome.Open) };
    }

    /// <summary>What was made up or left out, in sentences.</summary>
    public IEnumerable<string> Warnings(GapOutcome outcome)
    {
        if (outcome.Made.Count > 0)
        {
            string count = outcome.Made.Count == 1 ? "1 value was" : $"{outcome.Made.Count} values were";
            yield return $"{count} interpolated in outcome '{options.Outcome}', in {Count(outcome.Made)}.";
        }

        if (outcome.DroppedUnits.Count > 0)
        {
            yield return $"{outcome.DroppedUnits.Count} of {units.Length} units left out for gaps in outcome '{options.Outcome}': "
                + $"{Names(outcome.DroppedUnits.Order().Select(unit => units[unit]))}.";
        }

        if (outcome.DroppedTimes.Count > 0)
        {
            string[] because = [.. closing.Gaps.Where(gap => outcome.DroppedTimes.Contains(gap.Time)).Select(gap => units[gap.Unit]).Distinct()];
            yield return $"{outcome.DroppedTimes.Count} of {times.Length} times left out for gaps in outcome '{options.Outcome}' of {Names(because)}: "
                + $"{Names(outcome.DroppedTimes.Order().Select(time => times[time]))}.";
        }
    }

    private InvalidInputException NothingLeft(string errorId, string what, string rule, string lost) => new(
        errorId,
        $"Every {what} has gaps in outcome '{options.Outcome}', so {{Missing}} {{Missing:{rule}}} leaves no {lost}. {WayOut()}",
        "Missing") { Subject = ToObjects(closing.Gaps) };

    // Only what was tried on these very gaps is advised.
    private string WayOut()
    {
        string[] rules = [.. closing.WaysOut().Where(rule => rule != options.Missing).Select(Say)];
        return rules.Length switch
        {
            0 => "Complete the data.",
            1 => $"Give {{Missing}} {rules[0]}, or complete the data.",
            _ => $"Give {{Missing}} {string.Join(", ", rules[..^1])} or {rules[^1]}, or complete the data.",
        };
    }

    private PanelGap[] ToObjects(IReadOnlyList<(int Unit, int Time)> gaps) =>
    [
        .. gaps.Select(gap => new PanelGap
        {
            Unit = units[gap.Unit],
            Time = times[gap.Time],
            Row = rows[gap.Unit, gap.Time] is > 0 and int row ? row : null,
            IsTreated = gap.Time >= periods[gap.Unit],
        }),
    ];

    private string Count(IReadOnlyList<(int Unit, int Time)> gaps)
    {
        var byUnit = gaps.GroupBy(gap => gap.Unit).ToArray();
        return $"{byUnit.Length} of {units.Length} units ({Names(byUnit.Select(unit => string.Create(CultureInfo.InvariantCulture, $"{units[unit.Key]} {unit.Count()}")))})";
    }

    private static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(MostNamed)) + (all.Length > MostNamed ? $" and {all.Length - MostNamed} more" : "");
    }

    private static string Say(MissingOutcome rule) => string.Join(
        ',',
        new[] { MissingOutcome.Interpolate, MissingOutcome.DropUnit, MissingOutcome.DropTime }.Where(word => rule.HasFlag(word)).Select(word => $"{{Missing:{word}}}"));
}
