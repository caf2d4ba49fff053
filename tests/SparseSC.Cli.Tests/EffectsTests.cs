using System.Globalization;
using System.Text.Json;

namespace SparseSC.Cli.Tests;

public sealed class EffectsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void CaliforniasEffectIsPrintedAndSummedUp()
    {
        CliRun run = CliRun.Of(["effects", .. CliRun.California]).Expect(0);
        JsonElement json = run.Json;
        foreach (string name in new[] { "preFit", "effect", "scaledEffect" })
        {
            JsonElement inference = json.GetProperty(name);
            Assert.Equal(38, inference.GetProperty("placeboCount").GetInt32());
            Assert.Equal(110011, inference.GetProperty("seed").GetInt32());
            Assert.Equal("placebo", inference.GetProperty("method").GetString());
            foreach (JsonElement value in inference.GetProperty("perPeriod").EnumerateArray().Append(inference.GetProperty("average")).Append(inference.GetProperty("rms")))
            {
                double effect = value.GetProperty("effect").GetDouble();
                Assert.InRange(effect, value.GetProperty("ciLow").GetDouble(), value.GetProperty("ciHigh").GetDouble());
                Assert.InRange(value.GetProperty("pValue").GetDouble(), 1 / 39.0 - 1e-12, 1);
            }
        }

        JsonElement path = json.GetProperty("effect").GetProperty("perPeriod");
        Assert.Equal(12, path.GetArrayLength());
        Assert.Equal("1989", path[0].GetProperty("time").GetString());
        Assert.Equal("1970", json.GetProperty("preFit").GetProperty("perPeriod")[0].GetProperty("time").GetString());
        JsonElement period = Assert.Single(json.GetProperty("periods").EnumerateArray());
        Assert.Equal("1989", period.GetProperty("treatmentTime").GetString());
        Assert.Equal(38, period.GetProperty("controlUnits").GetArrayLength());
        int california = Assert.Single(period.GetProperty("treatedUnits").EnumerateArray()).GetInt32();
        Assert.Equal("California", json.GetProperty("unitNames")[california].GetString());
        Assert.Equal("retrospective", period.GetProperty("fit").GetProperty("modelType").GetString());
        Assert.Equal((1, 31), (json.GetProperty("synthetic").GetArrayLength(), json.GetProperty("synthetic")[0].GetArrayLength()));
        Assert.Equal($"[{california}]", json.GetProperty("syntheticUnits").GetRawText());

        // Gap, effect and summary are three views of one number.
        double last = path[11].GetProperty("effect").GetDouble();
        Assert.Equal(41.6 - json.GetProperty("synthetic")[0][30].GetDouble(), last, 1e-5);
        Assert.Matches($@"2000\s+{last.ToString("F2", CultureInfo.InvariantCulture)}\s", run.Error);
        Assert.Contains("p-values and intervals: placebo, 38 combinations of controls (all)", run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.Split('\n'), line => Assert.InRange(line.Length, 0, 110));
    }

    [Fact]
    public void TotalsSharesAndDiagnosticsArePrintedAndSummedUp()
    {
        CliRun run = CliRun.Of(["effects", "--unit-weight", "simplex", .. CliRun.California]).Expect(0);
        JsonElement effect = run.Json.GetProperty("effect");
        double average = effect.GetProperty("average").GetProperty("effect").GetDouble();
        JsonElement relative = effect.GetProperty("relative");
        JsonElement[] diagnostics = [.. run.Json.GetProperty("diagnostics").EnumerateArray()];

        Assert.Equal(12 * average, effect.GetProperty("cumulative").GetProperty("effect").GetDouble(), 1e-9);
        Assert.InRange(relative.GetProperty("effect").GetDouble(), -.25, -.24);
        Assert.Equal(effect.GetProperty("average").GetProperty("pValue").GetDouble(), relative.GetProperty("pValue").GetDouble());
        Assert.False(run.Json.GetProperty("preFit").TryGetProperty("cumulative", out _));
        Assert.Equal("pre-period fit", diagnostics[0].GetProperty("what").GetString());
        Assert.All(diagnostics, row => Assert.Equal("good", row.GetProperty("verdict").GetString()));
        Assert.Contains("as a share of the synthetic outcome: -24.4 %, from -73.6 % to 24.8 %", run.Error, StringComparison.Ordinal);
        Assert.Contains("  good      effective donors: The weights are worth 3.772 donors of equal weight, of 38.", run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.Split('\n'), line => Assert.InRange(line.Length, 0, 110));
    }

    [Fact]
    public void NumbersOfAllUnitsAreWrittenWhenTheyAreAskedFor()
    {
        JsonElement few = CliRun.Of(["effects", .. CliRun.California]).Expect(0).Json;
        JsonElement all = CliRun.Of(["effects", .. CliRun.California, "--weights", "all", "--synthetic", "all"]).Expect(0).Json;
        JsonElement none = CliRun.Of(["effects", .. CliRun.California, "--weights", "none"]).Expect(0).Json;
        int california = few.GetProperty("syntheticUnits")[0].GetInt32();

        Assert.Equal(39, all.GetProperty("synthetic").GetArrayLength());
        Assert.Equal(few.GetProperty("synthetic")[0].GetRawText(), all.GetProperty("synthetic")[california].GetRawText());
        JsonElement kept = Fit(few).GetProperty("weights");
        Assert.Equal((1, 39), (kept.GetArrayLength(), Fit(all).GetProperty("weights").GetArrayLength()));
        Assert.Equal(Fit(few).GetProperty("treatedUnits").GetRawText(), Fit(few).GetProperty("weightUnits").GetRawText());
        Assert.Equal(kept[0].GetRawText(), Fit(all).GetProperty("weights")[california].GetRawText());
        Assert.False(Fit(none).TryGetProperty("weights", out _));
        Assert.All([few, all, none], estimate => Assert.False(Fit(estimate).TryGetProperty("predictions", out _)));
        CliRun clash = CliRun.Of(["effects", .. CliRun.California, "--weights", "all", "--no-weights"]).Expect(2);
        Assert.Contains("--weights", clash.Error, StringComparison.Ordinal);

        static JsonElement Fit(JsonElement estimate) => estimate.GetProperty("periods")[0].GetProperty("fit");
    }

    [Fact]
    public void MatrixFormTakesBlankLinesForUnitsNeverTreated()
    {
        string outcomes = _folder.Write("Y.csv", string.Join('\n', Enumerable.Range(0, 16).Select(unit => string.Join(',', Enumerable.Range(0, 12).Select(t => Value(unit, t))))));
        string periods = _folder.Write("P.csv", "8\n9\n" + new string('\n', 14));
        string covariates = _folder.Write("X.csv", string.Join('\n', Enumerable.Range(0, 16).Select(unit => Value(unit, 20))));
        string[] data = ["--outcomes", outcomes, "--treatment-periods", periods];
        JsonElement json = CliRun.Of(["effects", .. data, "--covariates", covariates, "--unit-weight", "simplex", "--max-placebos", "50", "--seed", "3"]).Expect(0).Json;
        Assert.Equal(2, json.GetProperty("periods").GetArrayLength());
        Assert.Equal(50, json.GetProperty("effect").GetProperty("placeboCount").GetInt32());
        Assert.Equal(3, json.GetProperty("effect").GetProperty("seed").GetInt32());
        Assert.Equal(["0", "1", "2"], json.GetProperty("effect").GetProperty("perPeriod").EnumerateArray().Select(value => value.GetProperty("time").GetString()!));
        Assert.Equal(9, json.GetProperty("periods")[0].GetProperty("fit").GetProperty("v").GetArrayLength());

        string short1 = _folder.Write("short.csv", "8\n9\n\n\n");
        Assert.Contains("has 4 values and there are 16 units", CliRun.Of("effects", "--outcomes", outcomes, "--treatment-periods", short1).Expect(2).Error, StringComparison.Ordinal);
        string text = _folder.Write("text.csv", "8\nsoon\n" + new string('\n', 14));
        Assert.Contains("line 2: 'soon'", CliRun.Of("effects", "--outcomes", outcomes, "--treatment-periods", text).Expect(2).Error, StringComparison.Ordinal);
        string zero = _folder.Write("zero.csv", "0\n" + new string('\n', 15));
        Assert.Contains("row 0 is treated from the first time on", CliRun.Of("effects", "--outcomes", outcomes, "--treatment-periods", zero).Expect(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--joint --fast", "not both")]
    [InlineData("--joint --unit-weight simplex", "--unit-weight")]
    [InlineData("--pre-periods 20", "--pre-periods 20 is too long: unit 'California' is treated from 1989 on, which leaves 19 periods before")]
    [InlineData("--cross-fit-folds none", "--cross-fit-folds none is neither a number from 1 nor all")]
    [InlineData("--cross-fit-folds 39", "--cross-fit-folds 39 needs at least 39 controls; there are 38")]
    [InlineData("--level 1", "--level 1 must lie between 0 and 1")]
    [InlineData("--model-type full", "--model-type full has no treated units")]
    [InlineData("--demean --unit-weight did", "--unit-weight did has a fixed effect per unit anyway. Leave --demean out.")]
    [InlineData("--tol 1e-3", "--tol belongs to the joint fit")]
    public void OptionsThatCannotBeUsedAreRefused(string options, string message)
    {
        CliRun run = CliRun.Of(["effects", .. CliRun.California, .. options.Split(' ')]).Expect(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void JointEffectsUseTheirOwnDefaults()
    {
        JsonElement json = CliRun.Of(["effects", .. CliRun.California, "--joint", "--cross-fit-folds", "3", "--grid-length", "3", "--stopping-rule", "1", "--no-weights"]).Expect(0).Json;
        Assert.Equal("joint", json.GetProperty("fittedBy").GetString());
        Assert.Equal(3, json.GetProperty("periods")[0].GetProperty("fit").GetProperty("scores").GetArrayLength());
        Assert.Matches(@"\[default:\s+min\]", CliRun.Of("effects", "--help").Output);
    }

    [Fact]
    public void SpacePlaceboRanksEveryUnit()
    {
        CliRun run = CliRun.Of(["placebo", "--kind", "space", .. CliRun.California, "--unit-weight", "simplex"]).Expect(0);
        Assert.Equal("space", run.Json.GetProperty("kind").GetString());
        Assert.Equal(39, run.Json.GetProperty("rows").GetArrayLength());
        Assert.Contains("California (treated)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TimePlaceboDatesTheTreatmentBack()
    {
        CliRun run = CliRun.Of(["placebo", "--kind", "time", "--placebo-times", "1980,1982", .. CliRun.California, "--unit-weight", "simplex"]).Expect(0);
        Assert.Equal(["1980", "1982"], run.Json.GetProperty("placebos").EnumerateArray().Select(placebo => placebo.GetProperty("placeboTime").GetString()!));
        Assert.Contains("there is no time '1900'", CliRun.Of(["placebo", "--kind", "time", "--placebo-times", "1900", .. CliRun.California]).Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void LeaveOneOutAndConformalAreTests()
    {
        JsonElement left = CliRun.Of(["placebo", "--kind", "leave-one-out", .. CliRun.California, "--unit-weight", "simplex"]).Expect(0).Json;
        Assert.Equal(6, left.GetProperty("rows").GetArrayLength());
        JsonElement conformal = CliRun.Of(["placebo", "--kind", "conformal", .. CliRun.California]).Expect(0).Json;
        Assert.Equal("conformal, cyclic shifts", conformal.GetProperty("method").GetString());
        Assert.Equal(31, conformal.GetProperty("permutationCount").GetInt32());
        Assert.Equal(-19.513630, conformal.GetProperty("average").GetProperty("effect").GetDouble(), 5e-7);
        Assert.Contains("--kind is missing", CliRun.Of(["placebo", .. CliRun.California]).Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ACancelledRunWritesNothing()
    {
        string path = _folder.Path("effects.json");
        CliRun.Of(["effects", .. CliRun.California, "--output", path], cancelled: true).Expect(3);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();

    private static string Value(int unit, int time) => (Math.Sin(unit + (0.7 * time)) + (0.3 * Math.Cos(unit * time))).ToString("R", CultureInfo.InvariantCulture);
}
