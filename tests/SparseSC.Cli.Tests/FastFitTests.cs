using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary><c>fit --fast</c> and <c>fit --match-space</c>, from arguments to JSON.</summary>
public sealed class FastFitTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void PredictionsOfTheTreatedAreTheRowsThatAllUnitsHave()
    {
        JsonElement all = CliRun.Of(["fit", "--fast", .. CliRun.California]).Expect(0).Json;
        JsonElement treated = CliRun.Of(["fit", "--fast", .. CliRun.California, "--predictions", "treated"]).Expect(0).Json;
        int california = all.GetProperty("treatedUnits")[0].GetInt32();

        Assert.Equal(39, all.GetProperty("predictions").GetArrayLength());
        Assert.Equal($"[{california}]", treated.GetProperty("predictionUnits").GetRawText());
        Assert.Equal($"[{all.GetProperty("predictions")[california].GetRawText()}]", treated.GetProperty("predictions").GetRawText());
        Assert.Equal($"[{all.GetProperty("targets")[california].GetRawText()}]", treated.GetProperty("targets").GetRawText());
    }

    [Fact]
    public void CaliforniaIsFittedAndSummedUp()
    {
        CliRun run = CliRun.Of(["fit", "--fast", .. CliRun.California]).Expect(0);
        JsonElement json = run.Json;
        Assert.Equal("retrospective", json.GetProperty("modelType").GetString());
        Assert.Equal("lasso", json.GetProperty("matchSpace").GetString());
        Assert.Equal(19, json.GetProperty("v").GetArrayLength());
        Assert.Equal(100, json.GetProperty("scores").GetArrayLength());
        Assert.Equal(5, json.GetProperty("folds").GetArrayLength());
        Assert.Equal(39, json.GetProperty("weights").GetArrayLength());
        Assert.Equal(12, json.GetProperty("predictions")[0].GetArrayLength());
        JsonElement iteration = Assert.Single(json.GetProperty("iterations").EnumerateArray());
        int chosen = json.GetProperty("selectedIndex").GetInt32();
        Assert.Equal(iteration.GetProperty("vPen")[chosen].GetDouble(), json.GetProperty("vPen").GetDouble());
        int matched = json.GetProperty("v").EnumerateArray().Count(v => v.GetDouble() != 0);
        Assert.Contains($"Matched features: {matched} of 19", run.Error, StringComparison.Ordinal);
        Assert.Contains("Retrospective fast fit of 39 units (1 treated, 38 donors)", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("constraint", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);

        // The score is that of the 38 controls, whatever the errors of the lasso are.
        double[][] outcomes = Outcomes();
        int treated = json.GetProperty("treatedUnits")[0].GetInt32();
        double score = 0;
        for (int unit = 0; unit < 39; unit++)
        {
            for (int t = 0; t < 12 && unit != treated; t++)
            {
                double error = outcomes[unit][t] - json.GetProperty("predictions")[unit][t].GetDouble();
                score += error * error;
            }
        }

        Assert.Equal(score, json.GetProperty("score").GetDouble(), score * 1e-9);
    }

    [Fact]
    public void FeatureWeightsAndPenaltiesAreTakenAsGiven()
    {
        string weights = string.Join(',', Enumerable.Range(0, 19).Select(k => k % 2));
        CliRun run = CliRun.Of(["fit", "--fast", .. CliRun.California, "--v", weights, "--w-pens", "7", "--no-weights"]).Expect(0);
        Assert.Equal($"[{weights}]", run.Json.GetProperty("v").GetRawText());
        Assert.Equal("7", run.Json.GetProperty("wPen").GetRawText());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("vPen").ValueKind);
        Assert.Equal("fixed", run.Json.GetProperty("matchSpace").GetString());
        Assert.False(run.Json.TryGetProperty("weights", out _));

        CliRun penalties = CliRun.Of(["fit", "--fast", .. CliRun.California, "--v-pens", "0.01,1,0.1", "--lasso-folds", "3", "--no-weights"]).Expect(0);
        Assert.Equal("[1,0.1,0.01]", penalties.Json.GetProperty("iterations")[0].GetProperty("vPen").GetRawText());
        Assert.Equal(3, penalties.Json.GetProperty("folds").GetArrayLength());
    }

    [Fact]
    public void DLassoSaysBothPenalties()
    {
        CliRun run = CliRun.Of(["fit", "--fast", .. CliRun.California, "--match-space", "d-lasso", "--treatment-share", "0.7"]).Expect(0);
        Assert.True(run.Json.GetProperty("treatmentVPen").GetDouble() > 0);
        Assert.Matches(@"of treatment\s+\d", run.Error);
    }

    [Fact]
    public void AuxiliaryTargetsArePredictedWithTheSameWeights()
    {
        // Every unit's auxiliary target is ten times its first target, so the synthetic one is as well.
        double[][] outcomes = Outcomes();
        string file = _folder.Write("aux.csv", string.Concat(outcomes.Select(row => FormattableString.Invariant($"{row[0] * 10:R}\n"))));
        CliRun run = CliRun.Of(["fit", "--fast", .. CliRun.California, "--auxiliary-targets", file]).Expect(0);
        for (int unit = 0; unit < 39; unit++)
        {
            double expected = 10 * run.Json.GetProperty("predictions")[unit][0].GetDouble();
            Assert.Equal(expected, run.Json.GetProperty("auxiliaryPredictions")[unit][0].GetDouble(), 1e-7);
        }
    }

    [Fact]
    public void MatchSpaceFeedsTheJointFit()
    {
        string[] options = ["--v-pen", "1000", "--w-pen", "1000"];
        double[] kept = Weights(CliRun.Of(["fit", "--fast", .. CliRun.California]).Expect(0));
        double[] joint = Weights(CliRun.Of(["fit", .. CliRun.California, .. options, "--match-space", "lasso"]).Expect(0));
        double[] all = Weights(CliRun.Of(["fit", .. CliRun.California, .. options]).Expect(0));
        Assert.Equal(19, joint.Length);
        Assert.Contains(joint, v => v > 0);
        Assert.All(Enumerable.Range(0, 19).Where(k => kept[k] == 0), k => Assert.Equal(0, joint[k]));
        Assert.Contains(Enumerable.Range(0, 19), k => kept[k] == 0 && all[k] > 0);
    }

    [Fact]
    public void CapOnSweepsIsAWarningWithTheWayOut()
    {
        CliRun run = CliRun.Of(["fit", "--fast", .. CliRun.California, "--lasso-solver", "cyclic", "--lasso-max-iter", "2"]).Expect(0);
        Assert.Contains("warning: A lasso stopped before it converged. Raise --lasso-max-iter or --lasso-tol.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fast --v-pen 1", "--v-pen belongs to the joint fit and cannot be given with --fast. The fast fit takes --v-pens.")]
    [InlineData("--fast --w-pen 1", "--w-pen belongs to the joint fit and cannot be given with --fast. The fast fit takes --w-pens.")]
    [InlineData("--fast --cv-folds 3", "--cv-folds belongs to the joint fit and cannot be given with --fast. The fast fit takes --lasso-folds.")]
    [InlineData("--fast --constraint simplex", "--constraint belongs to the joint fit and cannot be given with --fast.")]
    [InlineData("--w-pens 1", "--w-pens belongs to the fast fit. Give --fast as well, or leave it out.")]
    [InlineData("--lasso-tol 1", "--lasso-tol belongs to a match space. Give --fast or --match-space as well, or leave it out.")]
    [InlineData("--fast --match-space fixed", "--match-space fixed needs --v, one weight for each of the 19 features.")]
    [InlineData("--fast --match-space lasso --v 1", "--v gives the feature weights, which --match-space fixed uses.")]
    [InlineData("--fast --v 1,2", "--v has 2 weights; there are 19 features.")]
    [InlineData("--fast --match-space some", "--match-space: 'some' is not one of lasso, lasso-mixed, d-lasso, fixed.")]
    [InlineData("--fast --target-block 5", "--target-block 5 does not divide the 12 targets into equal blocks. Give a divisor of 12.")]
    [InlineData("--fast --lasso-folds 39", "--lasso-folds 39 needs at least as many control units; there are 38.")]
    [InlineData("--fast --lasso-folds 1", "--lasso-folds 1 must be at least 2.")]
    [InlineData("--fast --model-type prospective-restricted", "A lasso needs at least 2 treated units")]
    [InlineData("--fast --model-type prospective-restricted --lasso-folds 5", "--lasso-folds 5 needs at least as many treated units; there is 1.")]
    [InlineData("--fast --sample-fraction 1.5", "--sample-fraction 1.5 must be above 0 and at most 1.")]
    [InlineData("--fast --sample-fraction 0.1 --lasso-folds 5", "--lasso-folds 5 needs at least as many control units; there are 3 in the sample.")]
    [InlineData("--fast --v-pens 1,0", "--v-pens 0 must be positive numbers.")]
    [InlineData("--fast --w-pens 1,-1", "--w-pens -1 must be positive numbers.")]
    [InlineData("--fast --lasso-tol 0", "--lasso-tol 0 must be a positive number.")]
    [InlineData("--fast --lasso-max-iter 0", "--lasso-max-iter 0 must be at least 1.")]
    [InlineData("--fast --se-factor -1", "--se-factor -1 must be a finite number, 0 or more.")]
    [InlineData("--fast --match-space d-lasso --treatment-share 2", "--treatment-share 2 must be from 0 to 1.")]
    [InlineData("--fast --lasso-solver some", "--lasso-solver: 'some' is not one of active-set, cyclic.")]
    [InlineData("--fast --auxiliary-targets none.csv", "--auxiliary-targets: File 'none.csv' does not exist.")]
    public void WhatCannotBeUsedIsNamed(string options, string message)
    {
        CliRun run = CliRun.Of(["fit", .. CliRun.California, .. options.Split(' ')]).Expect(2);
        Assert.StartsWith($"sparsesc fit: {message}", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void CancelledWorkAnswersThree() =>
        Assert.Equal("sparsesc fit: cancelled.\n", CliRun.Of(["fit", "--fast", .. CliRun.California], cancelled: true).Expect(3).Error);

    public void Dispose() => _folder.Dispose();

    private static double[] Weights(CliRun run) => [.. run.Json.GetProperty("v").EnumerateArray().Select(v => v.GetDouble())];

    private static double[][] Outcomes()
    {
        Core.Data.FeatureMatrix targets = Core.Data.PanelReader.Read(RepositoryFiles.Sample("california_prop99.csv"), new Core.Data.PanelOptions
        {
            Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989",
        }).ToFitData().Targets;
        return [.. Enumerable.Range(0, targets.Rows).Select(row => targets.Row(row).ToArray())];
    }
}
