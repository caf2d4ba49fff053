using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public sealed class TreatmentColumnTests
{
    [Theory]
    [InlineData("0|0|1|1", 2)]
    [InlineData("0|1|1|1", 1)]
    [InlineData("0.0|0|0|1.0", 3)]
    [InlineData("False|FALSE|true|TRUE", 2)]
    [InlineData("0|0|0|0", null)]
    public void AColumnOfZeroAndOneSaysSinceWhen(string flags, int? period)
    {
        Panel panel = Build(new PanelOptions { Treatment = "d" }, flags.Split('|'), ["0", "0", "0", "0"]);
        Assert.Equal([period, null], panel.TreatmentPeriods);
        Assert.Empty(panel.Warnings);
    }

    [Theory]
    [InlineData("0|1|0|1", "TreatmentEnds", "--treatment 'd' says that unit 'A' is treated from 2 and no longer at 3 (row 3). A treatment is estimated from its first time on: leave the times after its end out, or the unit.")]
    [InlineData("0|2|1|1", "TreatmentNotBinary", "--treatment 'd' is '2' for unit 'A' (row 2); it must be 1 where the unit is treated and 0 where it is not. A column of first treated times is given as --treatment-time-column.")]
    [InlineData("0||1|1", "TreatmentNotBinary", "--treatment 'd' is '' for unit 'A' (row 2);")]
    [InlineData("1|1|1|1", "NoPrePeriod", "--treatment 'd': A is treated from the start of the panel (1) on, which leaves no time before the treatment to match on, and no other unit is treated. A column that says who is treated but not when is no such column: give --treated-unit and --treatment-time.")]
    public void WhatIsNoSuchColumnIsSaid(string flags, string errorId, string message)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => Build(new PanelOptions { Treatment = "d" }, flags.Split('|'), ["0", "0", "0", "0"]));
        Assert.Equal(errorId, error.ErrorId);
        Assert.StartsWith(message, OptionText.ToCommandLine(error.Message), StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnOfFlagsGivenAsTimesIsReadAsWhatItIs()
    {
        Panel panel = Build(new PanelOptions { TreatmentTimeColumn = "d" }, ["0", "0", "1", "1"], ["0", "0", "0", "0"]);
        Assert.Equal([2, null], panel.TreatmentPeriods);
        Assert.Equal(["{TreatmentTimeColumn} 'd' says 0 or 1 of every time and was read as {Treatment}."], panel.Warnings);
        Assert.Equal(
            "TreatmentTimeVaries",
            Assert.Throws<InvalidInputException>(() => Build(new PanelOptions { TreatmentTimeColumn = "d" }, ["0", "0", "1", "1"], ["3", "3", "3", "3"])).ErrorId);
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("Inf")]
    [InlineData("∞")]
    [InlineData("0")]
    [InlineData("NA")]
    [InlineData("Never")]
    [InlineData("")]
    public void NeverIsSaidInManyWays(string never)
    {
        Panel panel = Build(new PanelOptions { TreatmentTimeColumn = "d" }, ["3", "3", "3", "3"], [never, never, never, never]);
        Assert.Equal([2, null], panel.TreatmentPeriods);
        Assert.Empty(panel.Warnings);
    }

    [Fact]
    public void ZeroIsATimeWhereTimesGoFromZero()
    {
        Panel panel = Build(new PanelOptions { TreatmentTimeColumn = "d" }, ["2", "2", "2", "2"], ["0", "0", "0", "0"], ["-1", "0", "1", "2"], third: "");
        Assert.Equal([3, 1, null], panel.TreatmentPeriods);
    }

    [Fact]
    public void UnitsOutsideThePanelsTimesAreNamed()
    {
        Panel panel = Build(new PanelOptions { TreatmentTimeColumn = "d" }, ["3", "3", "3", "3"], ["9", "9", "9", "9"], third: "1");
        Assert.Equal(["A", "B"], panel.Units);
        Assert.Equal(["C"], panel.DroppedUnits);
        Assert.Equal([2, null], panel.TreatmentPeriods);
        Assert.Equal(
            [
                "Treated after the panel's end (4) and taken as never treated: B from 9.",
                "Treated from the start of the panel (1) on, with no time before to match on, and left out: C.",
            ],
            panel.Warnings);
    }

    [Fact]
    public void TwoColumnsOfTreatmentContradictEachOther()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => Build(new PanelOptions { Treatment = "d", TreatmentTimeColumn = "e" }, ["0"], ["0"]));
        Assert.Equal("Give either {TreatmentTimeColumn} or {Treatment}, not both.", error.Message);
    }

    private static Panel Build(PanelOptions options, string[] a, string[] b, string[]? times = null, string? third = null)
    {
        options.Unit = "u";
        options.Time = "t";
        options.Outcome = "y";
        PanelBuilder builder = new(options);
        string[][] cells = third is null ? [a, b] : [a, b, [third, third, third, third]];
        for (int unit = 0; unit < cells.Length; unit++)
        {
            for (int time = 0; time < a.Length; time++)
            {
                builder.Add("ABC"[unit..(unit + 1)], times?[time] ?? (time + 1).ToString(CultureInfo.InvariantCulture), time, [], cells[unit][time]);
            }
        }

        return builder.Build();
    }
}
