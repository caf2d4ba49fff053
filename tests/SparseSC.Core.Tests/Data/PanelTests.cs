using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public sealed class PanelTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static PanelOptions Prop99 => new()
    {
        Unit = "state",
        Time = "year",
        Outcome = "cigsale",
        Covariates = ["beer", "retprice"],
        TreatedUnits = ["California"],
        TreatmentTime = "1989",
    };

    [Fact]
    public void CaliforniaIsReadAsItStands()
    {
        Panel panel = PanelReader.Read(RepositoryFiles.Sample("california_prop99.csv"), Prop99);
        Assert.Equal("39 units × 31 times (yearly, 1970 … 2000, none missing), 1 treated from 1989, outcome cigsale, no gaps", panel.ToString());
        Assert.Equal((39, 31, 1, "1989"), (panel.UnitCount, panel.TimeCount, panel.TreatedCount, panel.FirstTreatmentTime));
        Assert.Equal(["California"], panel.TreatedUnits);
        Assert.Equal(["Rhode Island", "Tennessee"], panel.Units[..2]);
        Assert.Equal(123.900001525879, panel.Outcome[0, 0]);

        FitData data = panel.ToFitData();
        Assert.Equal((39, 2 + 19), (data.Features.Rows, data.Features.Columns));
        Assert.Equal((39, 12), (data.Targets.Rows, data.Targets.Columns));
        Assert.Equal(["beer", "retprice", "1970"], data.Features.ColumnNames!.Take(3));
        Assert.Equal(["1989", "1990"], data.Targets.ColumnNames!.Take(2));
        Assert.Equal(panel.Units, data.UnitNames);
        Assert.Equal([Array.IndexOf(panel.Units, "California")], data.TreatedUnits);
        Assert.Equal(panel.Outcome[3, 18], data.Features[3, 20]);
        Assert.Equal(panel.Outcome[3, 19], data.Targets[3, 0]);
    }

    [Fact]
    public void CovariateMeansSkipMissingValuesAndThePostPeriod()
    {
        Panel panel = Build(
            Options(covariates: ["x"]),
            ("A", "1", 1, 10), ("A", "2", 2, null), ("A", "3", 3, 20), ("A", "4", 4, 1000),
            ("B", "1", 5, double.NaN), ("B", "2", 6, 4), ("B", "3", 7, null), ("B", "4", 8, null));
        FitData data = panel.ToFitData();
        Assert.Equal([15, 1, 2, 3, 4, 5, 6, 7], data.Features.Values);
        Assert.Equal([4, 8], data.Targets.Values);
    }

    [Fact]
    public void NumbersAndDatesAreOrderedAsSuchAndKeptAsWritten()
    {
        Assert.Equal(["9", "10.0", "11"], Times("10.0", "9", "11"));
        Assert.Equal(["2021-01-31", "2021-02-01", "2021-02-01T12:00"], Times("2021-02-01", "2021-02-01T12:00", "2021-01-31"));
        Assert.Equal(["Week 2", "Week 10"], Times("Week 10", "Week 2"));
    }

    [Fact]
    public void TreatmentTimeBetweenTimesMeansTheNextOne()
    {
        PanelOptions options = Options();
        options.TreatmentTime = "2.5";
        Assert.Equal("3", Build(options, Complete()).FirstTreatmentTime);
        options.TreatmentTime = "3.00";
        Assert.Equal("3", Build(options, Complete()).FirstTreatmentTime);
    }

    [Fact]
    public void TwoSpellingsOfOneTimeAreOneTime()
    {
        InvalidInputException error = Fails(Options(), [.. Complete(), ("A", "1.0", 3, null)]);
        Assert.Equal("DuplicateRow", error.ErrorId);
    }

    [Fact]
    public void StaggeredAdoptionIsKeptButNotFittedJointly()
    {
        PanelOptions options = new() { Unit = "u", Time = "t", Outcome = "y", TreatmentTimeColumn = "start" };
        PanelBuilder builder = new(options);
        foreach ((string unit, string? start) in new[] { ("A", "2"), ("B", "3"), ("C", null) })
        {
            for (int time = 1; time <= 3; time++)
            {
                builder.Add(unit, time.ToString(CultureInfo.InvariantCulture), time, [], start);
            }
        }

        Panel panel = builder.Build();
        Assert.Equal([1, 2, null], panel.TreatmentPeriods);
        Assert.Equal("2", panel.FirstTreatmentTime);
        Assert.Equal("A from 2, B from 3", panel.Treatment);
        Assert.Contains("2 treated from 2 to 3", panel.ToString(), StringComparison.Ordinal);
        InvalidInputException error = Assert.Throws<InvalidInputException>(panel.ToFitData);
        Assert.Equal("StaggeredTreatment", error.ErrorId);
        Assert.StartsWith("Unit 'A' is treated from 2 and 'B' from 3;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TreatmentTimeAloneSplitsThePanelOfAFullModel()
    {
        PanelOptions options = Options();
        options.TreatedUnits = [];
        Panel panel = Build(options, Complete());
        Assert.Equal("2 units × 3 times (in steps of 1, 1 … 3, none missing), none treated, outcome y, no gaps", panel.ToString());
        FitData data = panel.ToFitData();
        Assert.Empty(data.TreatedUnits);
        Assert.Equal([1, 1], data.Features.Values);
        Assert.Equal([2, 3, 2, 3], data.Targets.Values);
    }

    [Fact]
    public void GapsAreFilledAlongTimeOrTheirUnitsDropped()
    {
        (string, string, double?, double?)[] rows =
            [("A", "1", 1, null), ("A", "2", 1, null), ("A", "5", 1, null), ("B", "1", 10, null), ("B", "5", 50, null), ("C", "1", 1, null), ("C", "2", null, null), ("C", "5", 3, null), ("D", "1", 2, null), ("D", "2", 2, null), ("D", "5", 2, null)];
        PanelOptions options = Options();
        options.Missing = MissingOutcome.Interpolate;
        Panel filled = Build(options, rows);
        Assert.Equal(20, filled.Outcome[1, 1]);
        Assert.Equal(1.5, filled.Outcome[2, 1]);
        Assert.Equal(2, filled.InterpolatedOutcomes);

        options.Missing = MissingOutcome.DropUnit;
        Panel dropped = Build(options, rows);
        Assert.Equal(["A", "D"], dropped.Units);
        Assert.Equal(["B", "C"], dropped.DroppedUnits);
        Assert.Equal([1, 1, 1, 2, 2, 2], dropped.Outcome.Cast<double>());
    }

    public void Dispose() => _folder.Dispose();

    internal static PanelOptions Options(string[]? covariates = null) => new()
    {
        Unit = "u",
        Time = "t",
        Outcome = "y",
        Covariates = covariates ?? [],
        TreatedUnits = ["A"],
        TreatmentTime = covariates is null ? "2" : "4",
    };

    internal static (string, string, double?, double?)[] Complete() =>
        [("A", "1", 1, null), ("A", "2", 2, null), ("A", "3", 3, null), ("B", "1", 1, null), ("B", "2", 2, null), ("B", "3", 3, null)];

    internal static Panel Build(PanelOptions options, params (string Unit, string Time, double? Outcome, double? Covariate)[] rows)
    {
        PanelBuilder builder = new(options);
        foreach ((string unit, string time, double? outcome, double? covariate) in rows)
        {
            builder.Add(unit, time, outcome, options.Covariates.Count == 0 ? [] : [covariate]);
        }

        return builder.Build();
    }

    internal static InvalidInputException Fails(PanelOptions options, params (string Unit, string Time, double? Outcome, double? Covariate)[] rows) =>
        Assert.Throws<InvalidInputException>(() => Build(options, rows));

    private static string[] Times(params string[] times)
    {
        PanelOptions options = new() { Unit = "u", Time = "t", Outcome = "y" };
        return Build(options, [.. times.Select(time => ("A", time, (double?)1, (double?)null))]).Times;
    }
}
