using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

/// <summary>Nothing is made up or left out in silence, and what an error advises has been tried.</summary>
public sealed class PanelGapTests
{
    // Units A (treated from 4), B, C, D at times 1 … 5; a gap is a unit and a time such as B2.
    [Theory]
    [InlineData("B2", MissingOutcome.Error, "Give --missing interpolate, drop-unit or drop-time, or complete the data.")]
    [InlineData("B1", MissingOutcome.Error, "Give --missing drop-unit or drop-time, or complete the data.")]
    [InlineData("A4", MissingOutcome.Error, "Give --missing drop-time, or complete the data.")]
    [InlineData("A2", MissingOutcome.Error, "Give --missing interpolate or drop-time, or complete the data.")]
    [InlineData("A4 A5", MissingOutcome.Error, "Complete the data.")]
    [InlineData("A1 A2 A3", MissingOutcome.Error, "Complete the data.")]
    [InlineData("A2 B1 B3 C4 C5", MissingOutcome.Error, "Give --missing interpolate,drop-unit or drop-unit,drop-time, or complete the data.")]
    [InlineData("A2 A5 B1 B3 C4 C5", MissingOutcome.Error, "Give --missing drop-unit,drop-time, or complete the data.")]
    [InlineData("A1 A2 B3 C4 C5", MissingOutcome.Error, "Give --missing drop-unit,drop-time, or complete the data.")]
    [InlineData("A1 A2 B1 B3", MissingOutcome.Interpolate, "--missing interpolate leaves it: there is no value before it to interpolate from. Give --missing interpolate,drop-time or drop-unit,drop-time, or complete the data.")]
    [InlineData("B1", MissingOutcome.Interpolate, "--missing interpolate leaves it: there is no value before it to interpolate from. Give --missing drop-unit or drop-time, or complete the data.")]
    [InlineData("B5", MissingOutcome.Interpolate, "--missing interpolate leaves it: there is no value after it to interpolate to. Give --missing drop-unit or drop-time, or complete the data.")]
    [InlineData("A3", MissingOutcome.Interpolate, "--missing interpolate leaves it: there is no value between it and the unit's treatment to interpolate to. Give --missing drop-time, or complete the data.")]
    [InlineData("A4", MissingOutcome.Interpolate, "--missing interpolate leaves it: outcomes of a treated unit are not made up after its treatment. Give --missing drop-time, or complete the data.")]
    [InlineData("A2", MissingOutcome.DropUnit, "--missing drop-unit leaves it: the unit is treated and never left out. Give --missing interpolate or drop-time, or complete the data.")]
    [InlineData("B1 C3 D5", MissingOutcome.DropUnit, "Every untreated unit has gaps in outcome 'y', so --missing drop-unit leaves no donor. Give --missing drop-time, or complete the data.")]
    [InlineData("B4 C5", MissingOutcome.DropTime, "Every time on one side of the treatment has gaps in outcome 'y', so --missing drop-time leaves no time to compare. Give --missing drop-unit, or complete the data.")]
    public void TheWayOutIsOneThatWorks(string gaps, MissingOutcome rule, string wayOut)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Build(gaps, rule));
        string said = OptionText.ToCommandLine(error.Message);
        Assert.EndsWith(wayOut, said, StringComparison.Ordinal);
        foreach (string advised in Advised(wayOut))
        {
            Build(gaps, Enum.Parse<MissingOutcome>(advised.Replace("-", "", StringComparison.Ordinal), ignoreCase: true));
        }
    }

    [Fact]
    public void TheErrorCountsAllGapsAndListsThem()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Build("B2 C1 C2 A4", MissingOutcome.Error));
        Assert.StartsWith(
            "Outcome 'y' has no value for unit 'A' at time 4 (there is no such row), the first of 4 gaps in 3 of 4 units (A 1, B 1, C 2). ",
            error.Message,
            StringComparison.Ordinal);
        PanelGap[] gaps = Assert.IsType<PanelGap[]>(error.Subject);
        Assert.Equal(["A at 4", "B at 2", "C at 1", "C at 2"], gaps.Select(gap => gap.ToString()));
        Assert.Equal([true, false, false, false], gaps.Select(gap => gap.IsTreated));
        Assert.All(gaps, gap => Assert.Null(gap.Row));
    }

    [Fact]
    public void WhatIsInterpolatedOrLeftOutIsNamed()
    {
        Panel panel = Build("A2 B2 B3 C1 D5 A4", MissingOutcome.Interpolate | MissingOutcome.DropUnit | MissingOutcome.DropTime);
        Assert.Equal(
            [
                "3 values were interpolated in outcome 'y', in 2 of 4 units (A 1, B 2).",
                "2 of 4 units left out for gaps in outcome 'y': C, D.",
                "1 of 5 times left out for gaps in outcome 'y' of A: 4.",
            ],
            panel.Warnings);
        Assert.Equal(["A", "B"], panel.Units);
        Assert.Equal(["1", "2", "3", "5"], panel.Times);
        Assert.Equal(["4"], panel.DroppedTimes);
        Assert.Equal([3, null], panel.TreatmentPeriods);
        Assert.Equal([2.0, 4, 6, 110], panel.Outcome.Cast<double>().Take(4));
        Assert.Equal("3 interpolated, C, D left out, 4 left out", panel.Gaps);
        Assert.Equal(panel.Warnings, panel.ToFitData().Warnings);
    }

    [Fact]
    public void AMadeValueIsNeverTakenForAKnownOne()
    {
        Panel panel = Build("B2 B3 B4", MissingOutcome.Interpolate);
        Assert.Equal([1.0, 2, 3, 4, 5], panel.Outcome.Cast<double>().Skip(5).Take(5));
    }

    // A's outcomes jump at its treatment, so that a value made across it would show.
    private static Panel Build(string gaps, MissingOutcome rule)
    {
        string[] missing = gaps.Split(' ');
        PanelBuilder builder = new(new PanelOptions { Unit = "u", Time = "t", Outcome = "y", TreatedUnits = ["A"], TreatmentTime = "4", Missing = rule });
        foreach (string unit in new[] { "A", "B", "C", "D" })
        {
            for (int time = 1; time <= 5; time++)
            {
                if (!missing.Contains($"{unit}{time}"))
                {
                    builder.Add(unit, $"{time}", unit == "A" ? (time * 2) + (time >= 4 ? 100 : 0) : time, []);
                }
            }
        }

        return builder.Build();
    }

    private static IEnumerable<string> Advised(string wayOut)
    {
        const string Start = "Give --missing ";
        int start = wayOut.IndexOf(Start, StringComparison.Ordinal);
        return start < 0 ? [] : wayOut[(start + Start.Length)..].Replace(", or complete the data.", "", StringComparison.Ordinal).Split([" or ", ", "], StringSplitOptions.None);
    }
}
