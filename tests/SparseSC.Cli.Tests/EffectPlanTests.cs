using System.Text.Json;
using SparseSC.Batch.Plan;

namespace SparseSC.Cli.Tests;

/// <summary>plan --effects, and the other verbs on what it wrote.</summary>
public sealed class EffectPlanTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Batch => _folder.Path("batch");

    [Fact]
    public void PlanRunMergeAreTheEffectsToTheLastBit()
    {
        string[] options = [.. CliRun.California, "--cross-fit-folds", "4", "--seed", "3"];
        JsonElement plan = CliRun.Of(["plan", "--effects", "--batch-directory", Batch, .. options]).Expect(0).Json;
        Assert.Equal(("effects", 4, "retrospective"), (plan.GetProperty("kind").GetString(), plan.GetProperty("tasks").GetInt32(), plan.GetProperty("modelType").GetString()));
        Assert.Equal("1989", Assert.Single(plan.GetProperty("treatmentTimes").EnumerateArray()).GetString());
        Assert.False(plan.TryGetProperty("vPen", out _));

        string results = plan.GetProperty("resultsDirectory").GetString()!;
        CliRun.Of("task", "--input", plan.GetProperty("planFile").GetString()!, "--index", "1,3", "--output", Path.Combine(results, "node.json")).Expect(0);
        Assert.Equal(2, CliRun.Of("status", "--batch-directory", Batch).Expect(0).Json.GetProperty("missing").GetArrayLength());
        CliRun missing = CliRun.Of("merge", "--batch-directory", Batch);
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("2 of 4 results are missing (folds 0, 2 of 1989). Run sparsesc run again to compute only these.", missing.Error, StringComparison.Ordinal);
        Assert.True(CliRun.Of("run", "--batch-directory", Batch, "--parallel", "2").Expect(0).Json.GetProperty("complete").GetBoolean());

        CliRun merged = CliRun.Of("merge", "--batch-directory", Batch, "--threads", "1").Expect(0);
        CliRun whole = CliRun.Of(["effects", .. options]).Expect(0);
        Assert.Equal(WithoutTimes(whole.Output), WithoutTimes(merged.Output));
        Assert.Contains("Effect on cigsale of California from 1989, by fast fit", merged.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--choice min", "--choice belongs to the plan of a fit")]
    [InlineData("--allow-partial", "--allow-partial belongs to the plan of a fit")]
    public void WhatBelongsToTheMergeOfAFitIsRefused(string options, string message)
    {
        CliRun.Of(["plan", "--batch-directory", Batch, .. CliRun.California, "--effects", "--unit-weight", "did", "--cross-fit-folds", "2"]).Expect(0);
        CliRun.Of("run", "--batch-directory", Batch).Expect(0);
        Assert.Contains(message, CliRun.Of(["merge", "--batch-directory", Batch, .. options.Split(' ')]).Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ItsFormOfPlanHasItsOwnHelpAndRefusesTheFits()
    {
        string help = CliRun.Of("plan", "--effects", "--help").Expect(0).Output;
        foreach (string option in new[] { "--effects", "--batch-directory", "--force", "--outcomes", "--panel", "--cross-fit-folds", "--joint" })
        {
            Assert.Matches($@"\s{option}\s", help);
        }

        string both = CliRun.Of("plan", "--help").Expect(0).Output;
        Assert.Matches(@"\s--features\s", both[..both.IndexOf("With --effects:", StringComparison.Ordinal)]);
        Assert.Matches(@"\s--cross-fit-folds\s", both[both.IndexOf("With --effects:", StringComparison.Ordinal)..]);
        CliRun.Of("plan", "--effects", "--batch-directory", Batch, "--features", "X.csv").Expect(2);
        CliRun.Of(["plan", "--batch-directory", Batch, .. CliRun.California, "--cross-fit-folds", "4"]).Expect(2);
        Assert.False(Directory.Exists(Batch));
    }

    [Theory]
    [InlineData("--effects=true", "effects")]
    [InlineData("--effects:true", "effects")]
    [InlineData("--effects=false", "fit")]
    public void The_switch_may_be_written_with_its_value(string asked, string kind)
    {
        CliRun.Of(["plan", asked, "--batch-directory", Batch, .. CliRun.California, .. kind == "effects" ? ["--unit-weight", "did"] : Array.Empty<string>()]).Expect(0);

        Assert.Equal(kind == "effects" ? PlanKind.Effects : PlanKind.Fit, BatchPlans.Load(Batch).Kind);
    }

    public void Dispose() => _folder.Dispose();

    private static string WithoutTimes(string json) => System.Text.RegularExpressions.Regex.Replace(json, "\"elapsedSeconds\":[^,}]+", "");
}
