namespace SparseSC.Core.Data;

/// <summary>Says in words what a panel holds.</summary>
internal static class PanelText
{
    private const int MostNamed = 5;

    /// <summary>One line: units, times, treated units, outcome, gaps.</summary>
    public static string Line(Panel panel)
    {
        string treated = panel.TreatedCount == 0 ? "none treated"
            : Starts(panel).Length == 1 ? $"{panel.TreatedCount} treated from {panel.FirstTreatmentTime}"
            : $"{panel.TreatedCount} treated from {panel.FirstTreatmentTime} to {panel.Times[panel.TreatmentPeriods.Max()!.Value]}";
        string together = panel.AggregatedRows == 0 ? "" : $", {panel.AggregatedRows} rows taken together with others";
        string gaps = panel.Gaps == "none" ? "no gaps" : panel.Gaps;
        return $"{panel.UnitCount} units × {panel.TimeCount} times ({panel.TimeStep}), {treated}, outcome {panel.OutcomeName}, {gaps}{together}";
    }

    /// <summary>The treated units by the time they are treated from.</summary>
    public static string Treatment(Panel panel)
    {
        int[] starts = Starts(panel);
        IEnumerable<string> groups = starts.Take(MostNamed).Select(start => $"{Names(At(panel, start))} from {panel.Times[start]}");
        int others = starts.Skip(MostNamed).Sum(start => At(panel, start).Length);
        return starts.Length == 0 ? "none"
            : string.Join(", ", groups) + (others > 0 ? $", and {others} more from {panel.Times[starts[MostNamed]]} to {panel.Times[starts[^1]]}" : "");
    }

    /// <summary>What was done about gaps in the outcome.</summary>
    public static string Gaps(Panel panel)
    {
        List<string> said = [];
        if (panel.InterpolatedOutcomes > 0)
        {
            said.Add($"{panel.InterpolatedOutcomes} interpolated");
        }

        if (panel.DroppedUnits.Length > 0)
        {
            said.Add($"{Names(panel.DroppedUnits)} left out");
        }

        if (panel.DroppedTimes.Length > 0)
        {
            said.Add($"{Names(panel.DroppedTimes)} left out");
        }

        return said.Count == 0 ? "none" : string.Join(", ", said);
    }

    /// <summary>A few names and how many more there are.</summary>
    internal static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");

    private static int[] Starts(Panel panel) => [.. panel.TreatmentPeriods.OfType<int>().Distinct().Order()];

    private static string[] At(Panel panel, int start) =>
        [.. panel.Units.Where((_, row) => row < panel.TreatmentPeriods.Length && panel.TreatmentPeriods[row] == start)];
}
