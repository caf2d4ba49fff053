namespace SparseSC.Cli.Tests;

/// <summary>Panels as public reports tell of them, with the right values of tests/data/cases/README.md.</summary>
public sealed class PanelCaseTests
{
    private static readonly string[] Treated = ["--treated-unit", "R00", "--treatment-time", "2011"];

    [Fact]
    public void S04AColumnOfZeroAndOneIsTheTreatment()
    {
        Assert.Equal(5.119275140052936, Effect(Run("S04-treated-indicator", "panel.csv", "--treatment", "treated")), 1e-9);
        CliRun misnamed = Run("S04-treated-indicator", "panel.csv", "--treatment-time-column", "treated");
        Assert.Equal(5.119275140052936, Effect(misnamed), 1e-9);
        Assert.Equal(["--treatment-time-column 'treated' says 0 or 1 of every time and was read as --treatment."], Warnings(misnamed));
    }

    [Theory]
    [InlineData("panel2.csv")]
    [InlineData("panel3.csv")]
    public void S14InfAndZeroAreNever(string file)
    {
        CliRun run = Run("S14-staggered-edges", file, "--treatment-time-column", "first");
        Assert.Equal(5.119275140052936, Effect(run), 1e-9);
        Assert.Empty(Warnings(run));
    }

    [Fact]
    public void S14UnitsTreatedFromTheStartOrAfterTheEndAreNamed() => Assert.Equal(
        [
            "Treated after the panel's end (2014) and taken as never treated: R03 from 2030.",
            "Treated from the start of the panel (2001) on, with no time before to match on, and left out: R01.",
        ],
        Warnings(Run("S14-staggered-edges", "panel.csv", "--treatment-time-column", "first"))
            .Where(warning => warning.StartsWith("Treated ", StringComparison.Ordinal)));

    [Fact]
    public void S18NothingIsInterpolatedAcrossTheTreatment()
    {
        CliRun refused = CliRun.Of(Arguments("S18-interpolate-across-treatment", "panel.csv", [.. Treated, "--missing", "interpolate"])).Expect(2);
        Assert.Contains("no value for unit 'R00' at time 2010", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Give --missing drop-time, or complete the data.", refused.Error, StringComparison.Ordinal);
        CliRun run = Run("S18-interpolate-across-treatment", "panel.csv", [.. Treated, "--missing", "interpolate,drop-time"]);
        Assert.Equal(4.8371, Effect(run), 5e-5);
        Assert.Equal(["1 of 14 times left out for gaps in outcome 'y' of R00: 2010."], Warnings(run));
    }

    [Fact]
    public void S20GapsAreFilledLinearlyInTime()
    {
        CliRun run = Run("S20-uneven-times", "panel.csv", "--treated-unit", "R00", "--treatment-time", "2015", "--missing", "interpolate");
        Assert.Equal(4.885662093321347, Effect(run), 1e-9);
        Assert.Equal(["1 value was interpolated in outcome 'y', in 1 of 16 units (R01 1)."], Warnings(run));
    }

    [Fact]
    public void S26UnitsLeftOutAreNamedAlsoToTestsAndPlans()
    {
        string[] arguments = [.. Treated, "--missing", "drop-unit"];
        Assert.Equal(["2 of 16 units left out for gaps in outcome 'y': R05, R09."], Warnings(Run("S26-dropped-units-not-named", "panel.csv", arguments)));
        string[] test = Arguments("S26-dropped-units-not-named", "panel.csv", arguments);
        CliRun placebo = CliRun.Of(["placebo", "--kind", "leave-one-out", .. test[1..^1]]).Expect(0);
        Assert.Contains("sparsesc placebo: warning: 2 of 16 units left out for gaps in outcome 'y': R05, R09.", placebo.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bom.csv")]
    [InlineData("crlf.csv")]
    [InlineData("quotes.csv")]
    [InlineData("rowname.csv")]
    [InlineData("semi.csv")]
    [InlineData("tab.csv")]
    [InlineData("trailblank.csv")]
    [InlineData("utf16.csv")]
    [InlineData("semi_dec.csv", "--culture", "de-DE")]
    [InlineData("semi.csv", "--delimiter", ";")]
    [InlineData("tab.csv", "--delimiter", "tab")]
    public void S22FilesAreReadAsTheyCome(string file, params string[] options) =>
        Assert.Equal(Effect(Run("S22-file-quirks", "base.csv", Treated)), Effect(Run("S22-file-quirks", file, [.. Treated, .. options])));

    [Theory]
    [InlineData("latin1.csv", "line 1: the text is not UTF-8; read as Latin-1 it says 'año'. Save the file as UTF-8, for example by iconv -f latin1 -t utf-8.")]
    [InlineData("gz.csv", "line 1: the file is compressed by gzip; unpack it first.")]
    [InlineData("semi_dec.csv", "with --culture 'de-DE' a comma stands before the fraction, with 'en-US' between thousands")]
    public void S22WhatCannotBeReadIsCalledByItsName(string file, string message) => Assert.Contains(
        message, CliRun.Of(Arguments("S22-file-quirks", file, Treated)).Expect(2).Error, StringComparison.Ordinal);

    [Fact]
    public void UnitsLeftOutAndWindowsReachEveryVerbThatReadsAPanel()
    {
        using TempFolder folder = new();
        string predictors = folder.Write("predictors.json", """[{"name": "y", "from": 2001, "to": 2005}, {"name": "y", "from": 2010, "to": 2010}]""");
        string[] data =
        [
            "--panel", RepositoryFiles.Case("S22-file-quirks", "base.csv"), "--unit", "unit", "--time", "time", "--outcome", "y", .. Treated,
            "--predictors", predictors, "--exclude-unit", "R05,R09", "--quiet",
        ];
        CliRun effects = CliRun.Of(["effects", "--unit-weight", "simplex", .. data]).Expect(0);
        Assert.DoesNotContain("R05", effects.Json.GetProperty("unitNames").EnumerateArray().Select(unit => unit.GetString()));
        CliRun fit = CliRun.Of(["fit", "--fast", .. data]).Expect(0);
        Assert.Equal(["y (2001 … 2005)", "y (2010)"], fit.Json.GetProperty("featureNames").EnumerateArray().Take(2).Select(name => name.GetString()));
        CliRun.Of(["placebo", "--kind", "leave-one-out", "--unit-weight", "simplex", .. data]).Expect(0);
        CliRun.Of(["plan", "--batch-directory", folder.Path("plan"), .. data]).Expect(0);
    }

    private static double Effect(CliRun run) => run.Json.GetProperty("effect").GetProperty("average").GetProperty("effect").GetDouble();

    // What there is to say about few placebos is another test's.
    private static string[] Warnings(CliRun run) => [.. run.Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!).Where(warning => !warning.StartsWith("Intervals have no ends", StringComparison.Ordinal))];

    private static CliRun Run(string name, string file, params string[] options) => CliRun.Of(Arguments(name, file, options)).Expect(0);

    private static string[] Arguments(string name, string file, string[] options) =>
    [
        "effects", "--panel", RepositoryFiles.Case(name, file), "--unit", "unit", "--time", "time", "--outcome", "y", .. options, "--unit-weight", "simplex", "--quiet",
    ];
}
