using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary><c>sparsesc compare</c>.</summary>
public class CompareTests
{
    [Fact]
    public void EstimatorsAreRowsInTheOrderOfTheirErrors()
    {
        CliRun run = CliRun.Of(["compare", .. CliRun.California, "--estimator", "did,simplex,partially-pooled", "--max-backtests", "3"]).Expect(0);
        JsonElement[] rows = [.. run.Json.GetProperty("estimators").EnumerateArray()];
        Assert.Equal([1, 2, 3], rows.Select(row => row.GetProperty("rank").GetInt32()));
        double[] errors = [.. rows.Select(row => row.GetProperty("rmse").GetDouble())];
        Assert.Equal(errors.Order(), errors);
        Assert.Equal(["did", "partially-pooled", "simplex"], rows.Select(row => row.GetProperty("estimator").GetString()).Order());
        foreach (JsonElement row in rows)
        {
            Assert.Equal("placebo", row.GetProperty("inference").GetString());
            Assert.Equal(6, row.GetProperty("backtests").GetInt32());
            Assert.Equal(3, row.GetProperty("space").GetProperty("backtests").GetInt32());
            Assert.InRange(row.GetProperty("time").GetProperty("coverage").GetDouble(), 0, 1);
            Assert.True(row.GetProperty("seconds").GetDouble() > 0);
            Assert.False(row.TryGetProperty("rows", out _));
        }

        Assert.Equal("cigsale", run.Json.GetProperty("outcomeName").GetString());
        Assert.Contains("Of 38 backtests on untreated units, 3 are made, drawn by --seed 110011. Give a larger --max-backtests for more.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryBacktestIsARowOnRequest()
    {
        CliRun run = CliRun.Of(
            ["compare", .. CliRun.California, "--estimator", "ridge", "--kind", "time", "--pre-periods", "12", "--post-periods", "5", "--details", "--quiet"]).Expect(0);
        JsonElement[] rows = [.. run.Json.GetProperty("estimators")[0].GetProperty("rows").EnumerateArray()];
        Assert.Equal(["1982", "1983", "1984"], rows.Select(row => row.GetProperty("treatmentTime").GetString()));
        Assert.All(rows, row => Assert.Equal("California", row.GetProperty("unit").GetString()));
        Assert.Empty(run.Error);
    }

    [Fact]
    public void SpecificationsAreRowsOfTheirEstimator()
    {
        CliRun run = CliRun.Of(
            ["compare", .. CliRun.California, "--estimator", "simplex", "--max-backtests", "1", "--pre-lengths", "10,15", "--without", "Nevada,Utah", "--without", "Montana"]).Expect(0);
        JsonElement[] rows = [.. run.Json.GetProperty("estimators")[0].GetProperty("specifications").EnumerateArray()];
        Assert.Equal(9, rows.Length);
        Assert.Equal(-19.51, rows[0].GetProperty("effect").GetDouble(), 0.01);
        Assert.Equal(JsonValueKind.Null, rows[0].GetProperty("prePeriods").ValueKind);
        Assert.Equal(["Nevada", "Utah"], rows[1].GetProperty("without").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(15, rows[8].GetProperty("prePeriods").GetInt32());
        Assert.Equal(9, rows.Select(row => row.GetProperty("effect").GetDouble()).Distinct().Count());
    }

    [Theory]
    [InlineData("--pre-lengths 10,x", "--pre-lengths: 'x' is not a whole number from 1 on.")]
    [InlineData("--pre-lengths 0", "--pre-lengths: '0' is not a whole number from 1 on.")]
    [InlineData("--without California", "--without: 'California' is treated, and no donor.")]
    [InlineData("--without Atlantis", "--without: there is no unit 'Atlantis'")]
    [InlineData("--estimator magic", "--estimator: 'magic' is not one of fast, joint")]
    [InlineData("--kind place", "--kind: 'place' is not one of space, time.")]
    [InlineData("--max-backtests 0", "--max-backtests 0 must be at least 1.")]
    [InlineData("--pre-periods 19 --post-periods 13", "There is no backtest on untreated units")]
    public void WhatCannotBeComparedIsSaid(string options, string message)
    {
        CliRun run = CliRun.Of(["compare", .. CliRun.California, .. options.Split(' ')]).Expect(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
