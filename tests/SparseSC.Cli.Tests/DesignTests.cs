using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary><c>power</c> and <c>markets</c>.</summary>
public class DesignTests
{
    private static string[] Panel => ["--panel", RepositoryFiles.Sample("geolift_pretest.csv"), "--unit", "location", "--time", "date", "--outcome", "Y"];

    [Fact]
    public void PowerHasEverySimulationAndTheSmallestDetectableEffect()
    {
        CliRun run = CliRun.Of(["power", .. Panel, "--test-units", "portland,chicago", "--durations", "10,15", "--effect-sizes", "-0.1,0,0.1", "--lookback", "2", "--cost-per-unit", "7.5"]).Expect(0);
        JsonElement json = run.Json;
        Assert.Equal("sparsesc-power", json.GetProperty("format").GetString());
        Assert.Equal(12, json.GetProperty("simulations").GetArrayLength());
        JsonElement first = json.GetProperty("simulations")[2];
        Assert.Equal("2021-03-22", first.GetProperty("treatmentTime").GetString());
        Assert.Equal(300.94, first.GetProperty("att").GetDouble(), 0.01);
        Assert.Equal(43646.25, first.GetProperty("investment").GetDouble(), 1e-6);
        Assert.True(first.GetProperty("detected").GetBoolean());
        Assert.Equal(6, json.GetProperty("curves").GetArrayLength());
        JsonElement detectable = json.GetProperty("detectable")[0];
        Assert.Equal(["chicago", "portland"], detectable.GetProperty("units").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(0.1, detectable.GetProperty("effectSize").GetDouble());
        Assert.Contains("smallest detectable effect of chicago, portland, 10 periods: 10 %", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TestUnitsGivenTwiceAreTwoCells()
    {
        JsonElement json = CliRun.Of(["power", .. Panel, "--test-units", "portland,chicago", "--test-units", "houston", "--durations", "10"]).Expect(0).Json;
        Assert.Equal([2, 1], json.GetProperty("detectable").EnumerateArray().Select(row => row.GetProperty("units").GetArrayLength()));
    }

    [Fact]
    public void MarketsAreRankedAsGeoLiftDoes()
    {
        string[] walkthrough =
        [
            "markets", .. Panel, "--sizes", "2,3", "--durations", "10", "--effect-sizes", "0,0.05,0.1,0.15,0.2", "--include-units", "chicago", "--cost-per-unit", "7.5",
            "--budget", "100000",
        ];
        CliRun run = CliRun.Of([.. walkthrough, "--ranking", "geolift"]).Expect(0);
        JsonElement markets = run.Json.GetProperty("markets");
        Assert.Equal(["portland", "houston", "atlanta"], markets.EnumerateArray().Take(3).Select(row => row.GetProperty("units").EnumerateArray().First(name => name.GetString() != "chicago").GetString()));
        Assert.Equal([1, 2, 3, 4, 5, 6], markets.EnumerateArray().Select(row => row.GetProperty("rank").GetInt32()));
        Assert.Equal(7, run.Json.GetProperty("candidateCount").GetInt32());
        Assert.Contains("6 of 7 sets", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AMatrixOfOutcomesWillDo()
    {
        using TempFolder folder = new();
        Random random = new(1);
        File.WriteAllLines(folder.Path("y.csv"), Enumerable.Range(0, 6).Select(unit => string.Join(',', Enumerable.Range(0, 20).Select(t => $"{10 + unit + Math.Sin(t) + random.NextDouble():F4}"))));
        JsonElement json = CliRun.Of("power", "--outcomes", folder.Path("y.csv"), "--test-units", "0,3", "--durations", "4", "--effect-sizes", "1", "--demean", "false").Expect(0).Json;
        Assert.False(json.GetProperty("demean").GetBoolean());
        Assert.Equal(1, json.GetProperty("curves")[0].GetProperty("power").GetDouble());
    }

    [Theory]
    [InlineData("power --durations 10", "--test-units is missing; name the units that would be treated.")]
    [InlineData("power --test-units chicago", "--durations is missing; give how many periods a test may last")]
    [InlineData("power --test-units chicago,nowhere --durations 10", "--test-units: there is no unit 'nowhere'")]
    [InlineData("power --test-units chicago --durations 0", "--durations: '0' is not a whole number from 1 on.")]
    [InlineData("power --test-units chicago --durations 80 --lookback 20", "--durations 80 with --lookback 20 leaves 0 of 90 periods")]
    [InlineData("power --test-units chicago --durations 10 --alpha 2", "--alpha 2 must lie between 0 and 1.")]
    [InlineData("power --test-units chicago --durations 10 --side two-sided --one-sided", "--side two-sided and --one-sided contradict each other.")]
    [InlineData("power --test-units chicago --durations 10 --permutations some", "--permutations 'some' is neither block nor iid")]
    [InlineData("markets --durations 10", "--sizes is missing; give how many units a set may have")]
    [InlineData("markets --sizes 40 --durations 10", "--sizes 40 must be from 1 to 39")]
    [InlineData("markets --sizes 2 --durations 10 --include-units miami --exclude-unit miami", "--include-units and --exclude-unit both name 'miami'.")]
    [InlineData("markets --sizes 2 --durations 10 --min-holdout 2", "--min-holdout 2 must lie below --max-holdout 1")]
    public void WhatCannotBeDoneIsNamed(string line, string message)
    {
        string[] words = line.Split(' ');
        CliRun run = CliRun.Of([words[0], .. Panel, .. words[1..]]).Expect(2);
        Assert.StartsWith($"sparsesc {words[0]}: {message}", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void ACancelledSelectionSaysSo() =>
        CliRun.Of(["markets", .. Panel, "--sizes", "2", "--durations", "10"], cancelled: true).Expect(3);
}
