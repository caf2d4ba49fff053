namespace SparseSC.Core.Data;

/// <summary>What becomes of gaps in the outcome under a rule.</summary>
/// <param name="Made">Gaps to be interpolated.</param>
/// <param name="DroppedUnits">Rows of the units left out.</param>
/// <param name="DroppedTimes">Positions of the times left out.</param>
/// <param name="Open">Gaps that the rule leaves.</param>
internal sealed record GapOutcome(
    IReadOnlyList<(int Unit, int Time)> Made,
    IReadOnlySet<int> DroppedUnits,
    IReadOnlySet<int> DroppedTimes,
    IReadOnlyList<(int Unit, int Time)> Open);

/// <summary>
/// Closes gaps in the outcome: first by interpolation, then by leaving units out, then by leaving times out, as far as a rule allows.
/// </summary>
/// <remarks>
/// No outcome of a treated unit from its treatment on is ever made, and none is used to make another: that would put a part of the effect
/// before it.
/// </remarks>
internal sealed class GapClosing
{
    private readonly double[,] _outcome;
    private readonly int?[] _periods;
    private readonly bool[] _leftOut;
    private readonly int _times;

    /// <param name="outcome">N×T, <c>NaN</c> where there is none.</param>
    /// <param name="periods">Per unit the position of its first treated time; <c>null</c> for never.</param>
    /// <param name="leftOut">Units that are no part of the panel.</param>
    public GapClosing(double[,] outcome, int?[] periods, bool[] leftOut)
    {
        _outcome = outcome;
        _periods = periods;
        _leftOut = leftOut;
        _times = outcome.GetLength(1);
        Gaps = [.. Find()];
    }

    /// <summary>Every gap, unit by unit.</summary>
    public IReadOnlyList<(int Unit, int Time)> Gaps { get; }

    /// <summary>Rules that would leave a panel to work with, the gentlest first; of several words only where no single one would.</summary>
    public IReadOnlyList<MissingOutcome> WaysOut()
    {
        MissingOutcome[][] rules =
        [
            [MissingOutcome.Interpolate, MissingOutcome.DropUnit, MissingOutcome.DropTime],
            [
                MissingOutcome.Interpolate | MissingOutcome.DropUnit,
                MissingOutcome.Interpolate | MissingOutcome.DropTime,
                MissingOutcome.DropUnit | MissingOutcome.DropTime,
            ],
            [MissingOutcome.Interpolate | MissingOutcome.DropUnit | MissingOutcome.DropTime],
        ];
        return rules.Select(group => group.Where(LeavesPanel).ToArray()).FirstOrDefault(group => group.Length > 0) ?? [];
    }

    /// <summary>What becomes of the gaps.</summary>
    public GapOutcome Close(MissingOutcome rule)
    {
        List<(int Unit, int Time)> made =
            rule.HasFlag(MissingOutcome.Interpolate) ? [.. Gaps.Where(gap => Neighbours(gap.Unit, gap.Time) is not null)] : [];
        List<(int Unit, int Time)> open = made.Count == 0 ? [.. Gaps] : [.. Gaps.Except(made)];
        HashSet<int> units =
            rule.HasFlag(MissingOutcome.DropUnit) ? [.. open.Select(gap => gap.Unit).Where(unit => _periods[unit] is null)] : [];
        open.RemoveAll(gap => units.Contains(gap.Unit));
        made.RemoveAll(gap => units.Contains(gap.Unit));
        HashSet<int> times = rule.HasFlag(MissingOutcome.DropTime) ? [.. open.Select(gap => gap.Time)] : [];
        open.RemoveAll(gap => times.Contains(gap.Time));
        made.RemoveAll(gap => times.Contains(gap.Time));
        return new GapOutcome(made, units, times, open);
    }

    /// <summary>The nearest times before and after a gap to draw a line between; <c>null</c> when there is none to use on one side.</summary>
    public (int Before, int After)? Neighbours(int unit, int time)
    {
        int before = Before(unit, time);
        int after = After(unit, time);
        return before >= 0 && after >= 0 && after < End(unit) ? (before, after) : null;
    }

    /// <summary>Why a gap stays under a rule.</summary>
    public string Reason(int unit, int time, MissingOutcome rule) =>
        !rule.HasFlag(MissingOutcome.Interpolate) ? "the unit is treated and never left out"
        : time >= End(unit) ? "outcomes of a treated unit are not made up after its treatment"
        : Before(unit, time) < 0 ? "there is no value before it to interpolate from"
        : After(unit, time) < 0 ? "there is no value after it to interpolate to"
        : "there is no value between it and the unit's treatment to interpolate to";

    /// <summary>Whether an untreated unit is left.</summary>
    public bool HasDonor(GapOutcome outcome) =>
        Enumerable.Range(0, _periods.Length)
            .Any(unit => _periods[unit] is null && !_leftOut[unit] && !outcome.DroppedUnits.Contains(unit));

    /// <summary>Whether every treated unit has a time before its treatment and one from it on.</summary>
    public bool HasTimes(GapOutcome outcome)
    {
        if (outcome.DroppedTimes.Count == 0)
        {
            return true;
        }

        int[] kept = [.. Enumerable.Range(0, _times).Where(time => !outcome.DroppedTimes.Contains(time))];
        return kept.Length > 0 && _periods.OfType<int>().Distinct().All(start => kept[0] < start && kept[^1] >= start);
    }

    private bool LeavesPanel(MissingOutcome rule) =>
        Close(rule) is { Open.Count: 0 } outcome && HasDonor(outcome) && HasTimes(outcome);

    private int End(int unit) => _periods[unit] ?? _times;

    private int Before(int unit, int time)
    {
        do
        {
            time--;
        }
        while (time >= 0 && double.IsNaN(_outcome[unit, time]));
        return time;
    }

    private int After(int unit, int time)
    {
        do
        {
            time++;
        }
        while (time < _times && double.IsNaN(_outcome[unit, time]));
        return time < _times ? time : -1;
    }

    private IEnumerable<(int Unit, int Time)> Find()
    {
        for (int unit = 0; unit < _periods.Length; unit++)
        {
            for (int time = 0; time < _times && !_leftOut[unit]; time++)
            {
                if (double.IsNaN(_outcome[unit, time]))
                {
                    yield return (unit, time);
                }
            }
        }
    }
}
