using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary><c>effects --estimator</c> and <c>--inference</c>.</summary>
public class EstimatorTests
{
    [Theory]
    [InlineData("fast", "--fast")]
    [InlineData("simplex", "--unit-weight simplex")]
    [InlineData("did", "--unit-weight did")]
    public void AnEstimatorIsWhatTheOlderOptionSays(string estimator, string older)
    {
        JsonElement named = Effects("--estimator", estimator);
        JsonElement same = Effects(older.Split(' '));
        Assert.Equal(estimator, named.GetProperty("estimator").GetString());
        Assert.Equal("placebo", named.GetProperty("inference").GetString());
        foreach (string key in new[] { "effect", "preFit", "scaledEffect", "donorWeights", "synthetic" })
        {
            Assert.Equal(same.GetProperty(key).GetRawText(), named.GetProperty(key).GetRawText());
        }
    }

    [Theory]
    [InlineData("--estimator simplex --joint", "--estimator simplex contradicts --joint.")]
    [InlineData("--estimator joint --unit-weight did", "--estimator joint contradicts --unit-weight.")]
    [InlineData("--estimator did --fast", "--estimator did contradicts --fast.")]
    [InlineData("--estimator fast --inference conformal", "--inference conformal does not go with --estimator fast. There is fast with placebo, jackknife; joint with placebo, jackknife; simplex with placebo, conformal, jackknife, jackknife-plus")]
    [InlineData("--estimator simplex --inference conformal --max-placebos 5", "--max-placebos belongs to --inference placebo")]
    [InlineData("--estimator simplex --inference conformal --seed 5", "--seed is not used by cyclic shifts")]
    [InlineData("--estimator simplex --permutations iid", "--permutations belongs to --inference conformal.")]
    [InlineData("--estimator simplex --inference conformal --permutations 0", "--permutations '0' is neither block nor iid nor a number")]
    [InlineData("--estimator simplex --inference conformal --model-type prospective", "--inference conformal needs --model-type retrospective")]
    public void WhatDoesNotGoTogetherIsSaid(string options, string message)
    {
        CliRun run = CliRun.Of(["effects", .. CliRun.California, .. options.Split(' ')]).Expect(2);
        Assert.StartsWith($"sparsesc effects: {message}", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--estimator sdid --inference jackknife", "--inference jackknife leaves every unit out in turn, and a treatment time has only one treated unit.")]
    [InlineData("--estimator sdid --inference bootstrap", "--inference bootstrap draws treated units, and there is only one.")]
    [InlineData("--estimator sdid --inference conformal", "--inference conformal does not go with --estimator sdid.")]
    [InlineData("--estimator sdid --demean", "--demean belongs to other estimators and is not used by --estimator sdid.")]
    [InlineData("--estimator sdid --w-pen 1", "--w-pen belongs to other estimators and is not used by --estimator sdid.")]
    [InlineData("--estimator sdid --max-placebos 5", "--max-placebos belongs to other estimators")]
    [InlineData("--estimator sdid --model-type prospective", "--estimator sdid needs --model-type retrospective.")]
    [InlineData("--estimator sdid --replications 1", "--replications 1 must be at least 2.")]
    [InlineData("--estimator sdid --pre-periods 1", "--estimator sdid needs at least 2 periods before a treatment")]
    [InlineData("--estimator simplex --solver exact", "--solver belongs to --estimator sdid and is not used by --estimator simplex.")]
    public void WhatSyntheticDifferencesCannotDoIsSaid(string options, string message) => WhatDoesNotGoTogetherIsSaid(options, message);

    [Fact]
    public void SyntheticDifferencesAreTheExampleOfTheirPage()
    {
        JsonElement json = Effects("--estimator", "sdid");
        JsonElement average = json.GetProperty("effect").GetProperty("average");
        Assert.Equal(-15.605, average.GetProperty("effect").GetDouble(), 1e-3);
        Assert.Equal(9.371, average.GetProperty("standardError").GetDouble(), 1e-3);
        Assert.Equal(19, json.GetProperty("timeWeights").EnumerateObject().Count());
        Assert.Equal(1, json.GetProperty("timeWeights").EnumerateObject().Sum(weight => weight.Value.GetDouble()), 1e-9);
        Assert.Equal(1, json.GetProperty("donorWeights").EnumerateObject().Sum(weight => weight.Value.GetDouble()), 1e-9);
        double last = json.GetProperty("effect").GetProperty("perPeriod")[11].GetProperty("effect").GetDouble();
        Assert.Equal(41.6 - json.GetProperty("synthetic")[0][30].GetDouble(), last, 1e-5);
        CliRun plan = CliRun.Of(["plan", "--effects", "--batch-directory", "x", .. CliRun.California, "--estimator", "sdid"]).Expect(2);
        Assert.Contains("--estimator sdid is not split into tasks", plan.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheAugmentedEstimateIsTheExampleOfItsPage()
    {
        JsonElement json = Effects("--estimator", "augmented");
        Assert.Equal(-15.9526, json.GetProperty("effect").GetProperty("average").GetProperty("effect").GetDouble(), 1e-3);
        Assert.Equal(429.8376, json.GetProperty("periods")[0].GetProperty("fit").GetProperty("wPen").GetDouble(), 1e-3);
        Assert.Equal(1, json.GetProperty("donorWeights").EnumerateObject().Sum(weight => weight.Value.GetDouble()), 1e-9);
        JsonElement plus = Effects("--estimator", "augmented", "--inference", "jackknife-plus").GetProperty("effect").GetProperty("average");
        Assert.Equal(JsonValueKind.Null, plus.GetProperty("pValue").ValueKind);
        Assert.InRange(plus.GetProperty("ciLow").GetDouble(), -25, -20);
    }

    [Theory]
    [InlineData("--estimator augmented --lambda 0", "--lambda 0 must be a finite number above 0.")]
    [InlineData("--estimator augmented --solver exact", "--solver belongs to other estimators and is not used by --estimator augmented.")]
    [InlineData("--estimator augmented --inference bootstrap", "--inference bootstrap does not go with --estimator augmented.")]
    [InlineData("--estimator augmented --covariates-by projected", "--covariates-by projected belongs to --estimator sdid.")]
    [InlineData("--estimator sdid --lambda 1", "--lambda belongs to other estimators and is not used by --estimator sdid.")]
    public void WhatTheAugmentedEstimateCannotDoIsSaid(string options, string message) => WhatDoesNotGoTogetherIsSaid(options, message);

    [Fact]
    public void TheLassoIsTheExampleOfItsPage()
    {
        JsonElement json = Effects("--estimator", "lasso");
        JsonElement average = json.GetProperty("effect").GetProperty("average");
        Assert.Equal(-15.8474, average.GetProperty("effect").GetDouble(), 1e-3);
        Assert.Equal(3 / 39.0, average.GetProperty("pValue").GetDouble(), 1e-9);
        Assert.InRange(json.GetProperty("donorWeights").GetProperty("Tennessee").GetDouble(), -0.1, -0.08);
        Assert.InRange(json.GetProperty("donorWeights").EnumerateObject().Sum(weight => Math.Abs(weight.Value.GetDouble())), 0, 1 + 1e-9);
        Assert.Contains(
            Effects("--estimator", "ridge").GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.Contains("outcomes before the treatment exactly", StringComparison.Ordinal));
    }

    [Fact]
    public void APredictionIntervalIsTheExampleOfItsPage()
    {
        JsonElement json = Effects("--estimator", "simplex", "--inference", "prediction-interval");
        JsonElement average = json.GetProperty("effect").GetProperty("average");
        Assert.Equal(-31.6, average.GetProperty("ciLow").GetDouble(), 0.1);
        Assert.Equal(-2.5, average.GetProperty("ciHigh").GetDouble(), 0.1);
        Assert.Equal(JsonValueKind.Null, average.GetProperty("pValue").ValueKind);
        Assert.Equal(0.9, json.GetProperty("effect").GetProperty("level").GetDouble());
        Assert.Equal(12, json.GetProperty("predictionInterval").GetProperty("joint").GetArrayLength());
    }

    [Fact]
    public void DrawsOfAFileAreTakenAndALevelIsShared()
    {
        using TempFolder folder = new();
        string draws = folder.Write("draws.csv", string.Join('\n', Enumerable.Range(0, 5).Select(i => string.Join(',', Enumerable.Range(0, 38).Select(j => ((i * 7) + (j * 3)) % 5 - 2)))));
        JsonElement json = Effects("--estimator", "lasso", "--inference", "prediction-interval", "--draws", draws, "--level", "0.98", "--e-method", "location-scale", "--differences");
        JsonElement parts = json.GetProperty("predictionInterval");
        Assert.Equal(5, parts.GetProperty("draws").GetInt32());
        Assert.Equal(0.01, parts.GetProperty("uAlpha").GetDouble(), 1e-12);
        Assert.Equal("location-scale", parts.GetProperty("eMethod").GetString());
    }

    [Theory]
    [InlineData("--estimator did --inference prediction-interval", "--inference prediction-interval does not go with --estimator did.")]
    [InlineData("--estimator lasso --u-alpha 0.1", "--u-alpha belongs to --inference prediction-interval.")]
    [InlineData("--estimator lasso --inference prediction-interval --u-alpha 0.1 --level 0.9", "--level is 1 − --u-alpha − --e-alpha")]
    [InlineData("--estimator lasso --inference prediction-interval --draws 1", "--draws 1 must be at least 2.")]
    [InlineData("--estimator lasso --inference prediction-interval --max-placebos 5", "--max-placebos belongs to --inference placebo")]
    [InlineData("--estimator simplex --inference prediction-interval --covariates retprice", "--inference prediction-interval needs weights of outcomes alone.")]
    public void WhatPredictionIntervalsCannotDoIsSaid(string options, string message) => WhatDoesNotGoTogetherIsSaid(options, message);

    [Theory]
    [InlineData("--estimator least-squares", "--estimator least-squares regresses 19 outcomes before the treatment on 3")]
    [InlineData("--estimator lasso --covariates retprice", "--estimator lasso regresses outcomes on outcomes alone.")]
    [InlineData("--estimator ridge --lambda 1", "--lambda belongs to --estimator augmented and is not used by --estimator ridge.")]
    [InlineData("--estimator lasso --w-pen 1", "--w-pen belongs to other estimators and is not used by --estimator lasso.")]
    public void WhatRegressionsCannotDoIsSaid(string options, string message) => WhatDoesNotGoTogetherIsSaid(options, message);

    [Fact]
    public void ThePenalizedEstimateIsTheExampleOfItsPage()
    {
        JsonElement json = Effects("--estimator", "penalized", "--penalty", "0.1");
        Assert.Equal(-23.4784, json.GetProperty("effect").GetProperty("average").GetProperty("effect").GetDouble(), 1e-3);
        Assert.Equal(1, json.GetProperty("donorWeights").EnumerateObject().Sum(weight => weight.Value.GetDouble()), 1e-9);
        JsonElement chosen = Effects("--estimator", "penalized");
        Assert.Equal(-19.6295, chosen.GetProperty("effect").GetProperty("average").GetProperty("effect").GetDouble(), 1e-3);
        Assert.Equal(1e-4, chosen.GetProperty("periods")[0].GetProperty("fit").GetProperty("wPen").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("--estimator penalized --penalty -1", "--penalty -1 must be a finite number, 0 or more.")]
    [InlineData("--estimator penalized --inference jackknife", "--inference jackknife does not go with --estimator penalized.")]
    [InlineData("--estimator penalized --w-pen 1", "--w-pen belongs to other estimators and is not used by --estimator penalized.")]
    [InlineData("--estimator simplex --penalty 1", "--penalty belongs to --estimator penalized and is not used by --estimator simplex.")]
    [InlineData("--estimator sdid --penalty 1", "--penalty belongs to other estimators and is not used by --estimator sdid.")]
    public void WhatThePenalizedEstimateCannotDoIsSaid(string options, string message) => WhatDoesNotGoTogetherIsSaid(options, message);

    [Fact]
    public void TheRobustEstimateIsTheExampleOfItsPage()
    {
        JsonElement json = Effects("--estimator", "robust");
        Assert.Equal(-17.3461, json.GetProperty("effect").GetProperty("average").GetProperty("effect").GetDouble(), 1e-3);
        Assert.Equal(2, json.GetProperty("periods")[0].GetProperty("fit").GetProperty("rank").GetInt32());
        JsonElement plus = Effects("--estimator", "robust", "--inference", "jackknife-plus").GetProperty("effect").GetProperty("average");
        Assert.Equal(-24.8064, plus.GetProperty("ciLow").GetDouble(), 1e-3);
    }

    [Theory]
    [InlineData("--estimator robust --rank 0", "--rank 0 must be at least 1.")]
    [InlineData("--estimator robust --ridge -2", "--ridge -2 must be a finite number, 0 or more.")]
    [InlineData("--estimator robust --covariates retprice", "--estimator robust regresses on outcomes only. Leave --covariates out.")]
    [InlineData("--estimator robust --scale none", "--scale belongs to other estimators and is not used by --estimator robust.")]
    [InlineData("--estimator simplex --rank 1", "--rank belongs to --estimator robust and is not used by --estimator simplex.")]
    public void WhatTheRobustEstimateCannotDoIsSaid(string options, string message) => WhatDoesNotGoTogetherIsSaid(options, message);

    [Fact]
    public void ThePartiallyPooledEstimateIsTheExampleOfItsPage()
    {
        string[] panel = ["--panel", RepositoryFiles.Sample("geolift_test.csv"), "--unit", "location", "--time", "date", "--outcome", "Y",
            "--treated-unit", "chicago,portland", "--treatment-time", "2021-04-01"];
        JsonElement json = CliRun.Of(["effects", .. panel, "--estimator", "partially-pooled", "--inference", "jackknife"]).Expect(0).Json;
        Assert.Equal(154.116, json.GetProperty("effect").GetProperty("average").GetProperty("effect").GetDouble(), 0.01);
        Assert.Equal(519.847, json.GetProperty("effect").GetProperty("average").GetProperty("standardError").GetDouble(), 0.1);
        Assert.Equal(0.7454, json.GetProperty("pooling").GetProperty("nu").GetDouble(), 1e-3);
        Assert.Equal(2, json.GetProperty("periods")[0].GetProperty("fit").GetProperty("weights").GetArrayLength());
    }

    [Fact]
    public void FixedEffectsOfPartialPoolingCanBeDeclined()
    {
        JsonElement plain = Effects("--estimator", "partially-pooled", "--demean", "false");
        JsonElement simplex = Effects("--estimator", "simplex");
        JsonElement demeaned = Effects("--estimator", "simplex", "--demean");
        JsonElement usual = Effects("--estimator", "partially-pooled", "--demean");
        double Average(JsonElement json) => json.GetProperty("effect").GetProperty("average").GetProperty("effect").GetDouble();
        Assert.Equal(Average(simplex), Average(plain), 1e-6);
        Assert.Equal(Average(demeaned), Average(usual), 1e-6);
        Assert.Equal(Average(usual), Average(Effects("--estimator", "partially-pooled")));
        Assert.Equal(1, plain.GetProperty("donorWeights").EnumerateObject().Sum(weight => weight.Value.GetDouble()), 1e-9);
    }

    [Theory]
    [InlineData("--estimator partially-pooled --nu 2", "--nu 2 must lie between 0 and 1.")]
    [InlineData("--estimator partially-pooled --lags 0", "--lags 0 must be at least 1.")]
    [InlineData("--estimator partially-pooled --inference bootstrap", "--inference bootstrap does not go with --estimator partially-pooled.")]
    [InlineData("--estimator partially-pooled --pre-periods 5", "--pre-periods belongs to other estimators and is not used by --estimator partially-pooled.")]
    [InlineData("--estimator partially-pooled --covariates retprice", "--estimator partially-pooled matches outcomes only. Leave --covariates out.")]
    [InlineData("--estimator simplex --nu 1", "--nu belongs to --estimator partially-pooled and is not used by --estimator simplex.")]
    [InlineData("--estimator sdid --by cohort", "--by belongs to other estimators and is not used by --estimator sdid.")]
    public void WhatPartialPoolingCannotDoIsSaid(string options, string message) => WhatDoesNotGoTogetherIsSaid(options, message);

    [Theory]
    [InlineData("--estimator robust --ridge 2")]
    [InlineData("--estimator robust --rank 2")]
    [InlineData("--estimator penalized")]
    [InlineData("--estimator penalized --penalty 0.3 --demean")]
    public void APlanIsTheDirectEstimate(string options)
    {
        using TempFolder folder = new();
        string directory = folder.Path("plan");
        CliRun.Of(["plan", "--effects", "--batch-directory", directory, .. CliRun.California, .. options.Split(' ')]).Expect(0);
        CliRun.Of(["run", "--batch-directory", directory]).Expect(0);
        JsonElement merged = CliRun.Of(["merge", "--batch-directory", directory]).Expect(0).Json;
        Assert.Equal(Effects(options.Split(' ')).GetProperty("effect").GetRawText(), merged.GetProperty("effect").GetRawText());
    }

    [Fact]
    public void ClassicWeightsOfAFileArePredictors()
    {
        using TempFolder folder = new();
        string predictors = folder.Write(
            "predictors.json",
            """[{"name":"lnincome","from":1980},{"name":"retprice","from":1980},{"name":"age15to24","from":1980},{"name":"beer","from":1984},{"name":"cigsale","from":1975,"to":1975},{"name":"cigsale","from":1980,"to":1980},{"name":"cigsale","from":1988}]""");
        string v = folder.Write("v.csv", "0.000583424543123466\n0.0311741170630881\n0.00336697330966978\n0.0124323068539741\n0.492522770244858\n0.391745141374096\n0.0681752666111899\n");
        JsonElement json = Effects("--estimator", "classic", "--predictors", predictors, "--v", v);
        Assert.Equal(0.343, json.GetProperty("donorWeights").GetProperty("Utah").GetDouble(), 2e-3);
        Assert.Equal(3.1933, Math.Pow(json.GetProperty("periods")[0].GetProperty("fit").GetProperty("preRmspe").GetDouble(), 2), 1e-3);
        Assert.Equal(0.4925, json.GetProperty("periods")[0].GetProperty("fit").GetProperty("v")[4].GetDouble(), 1e-4);
        CliRun plan = CliRun.Of(["plan", "--effects", "--batch-directory", "x", .. CliRun.California, "--estimator", "classic"]).Expect(2);
        Assert.Contains("--estimator classic is not split into tasks", plan.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--estimator classic --covariates retprice --v 1,1", "--v has 2 weights; there are 1 predictors.")]
    [InlineData("--estimator classic --validation-from 1980", "--validation-from chooses weights of predictors, and without --covariates there are none.")]
    [InlineData("--estimator simplex --validation-from 1980", "--validation-from belongs to --estimator classic and is not used by --estimator simplex.")]
    [InlineData("--estimator classic --demean", "--demean belongs to other estimators and is not used by --estimator classic.")]
    public void WhatTheClassicEstimateCannotDoIsSaid(string options, string message) => WhatDoesNotGoTogetherIsSaid(options, message);

    [Fact]
    public void ASynonymMayBeGivenTwice() => CliRun.Of(["effects", .. CliRun.California, "--estimator", "simplex", "--unit-weight", "simplex"]).Expect(0);

    [Fact]
    public void AConformalInferenceIsThatOfTheTest()
    {
        JsonElement effects = Effects("--estimator", "simplex", "--inference", "conformal", "--level", "0.9");
        JsonElement test = CliRun.Of(["placebo", .. CliRun.California, "--kind", "conformal", "--level", "0.9"]).Expect(0).Json;
        JsonElement effect = effects.GetProperty("effect");
        Assert.Equal("conformal", effects.GetProperty("inference").GetString());
        foreach (string key in new[] { "effect", "pValue", "ciLow", "ciHigh" })
        {
            Assert.Equal(test.GetProperty("average").GetProperty(key).GetRawText(), effect.GetProperty("average").GetProperty(key).GetRawText());
            Assert.Equal(test.GetProperty("perPeriod")[7].GetProperty(key).GetRawText(), effect.GetProperty("perPeriod")[7].GetProperty(key).GetRawText());
        }

        Assert.Equal(31, effect.GetProperty("placeboCount").GetInt32());
        Assert.Equal(JsonValueKind.Null, effect.GetProperty("average").GetProperty("standardError").ValueKind);
    }

    [Fact]
    public void DifferenceInDifferencesIsJudgedByItsOwnResiduals()
    {
        JsonElement effect = Effects("--estimator", "did", "--inference", "conformal").GetProperty("effect");

        // The published estimate of difference in differences, and the largest mean of all shifts.
        Assert.Equal(-27.34911, effect.GetProperty("average").GetProperty("effect").GetDouble(), 1e-5);
        Assert.Equal(1 / 31.0, effect.GetProperty("average").GetProperty("pValue").GetDouble(), 1e-12);
    }

    [Fact]
    public void SumShareAndStandardErrorStandBesideTheMean()
    {
        JsonElement json = Effects("--estimator", "simplex");
        JsonElement effect = json.GetProperty("effect");
        double[] synthetic = [.. json.GetProperty("synthetic")[0].EnumerateArray().Select(value => value.GetDouble()).Skip(19)];
        double mean = effect.GetProperty("average").GetProperty("effect").GetDouble();
        double error = effect.GetProperty("average").GetProperty("standardError").GetDouble();
        Assert.Equal(12 * mean, effect.GetProperty("cumulative").GetProperty("effect").GetDouble(), 1e-9);
        Assert.Equal(12 * error, effect.GetProperty("cumulative").GetProperty("standardError").GetDouble(), 1e-9);
        Assert.Equal(mean / synthetic.Average(), effect.GetProperty("relative").GetProperty("effect").GetDouble(), 1e-12);
        Assert.Equal(
            effect.GetProperty("average").GetProperty("pValue").GetDouble(), effect.GetProperty("relative").GetProperty("pValue").GetDouble());
        Assert.Equal(1, json.GetProperty("donorWeights").EnumerateObject().Sum(weight => weight.Value.GetDouble()), 1e-9);
        Assert.InRange(json.GetProperty("donorWeights").GetProperty("Utah").GetDouble(), 0.3, 0.45);
        Assert.False(json.TryGetProperty("timeWeights", out _));
    }

    [Fact]
    public void AShareOfOutcomesThatChangeTheirSignIsNull()
    {
        using TempFolder folder = new();
        string[] rows = [.. Enumerable.Range(0, 12).Select(unit => string.Join(',', Enumerable.Range(0, 9).Select(t => (t % 2 == 0 ? 5 : -5) + (unit % 3))))];
        string outcomes = folder.Write("Y.csv", string.Join('\n', rows));
        string periods = folder.Write("P.csv", "5\n" + new string('\n', 11));
        JsonElement effect = CliRun.Of(["effects", "--outcomes", outcomes, "--treatment-periods", periods, "--estimator", "did"]).Expect(0).Json.GetProperty("effect");
        Assert.Equal(JsonValueKind.Null, effect.GetProperty("relative").ValueKind);
        Assert.Equal(JsonValueKind.Number, effect.GetProperty("cumulative").GetProperty("effect").ValueKind);
    }

    private static JsonElement Effects(params string[] options) => CliRun.Of(["effects", .. CliRun.California, .. options]).Expect(0).Json;
}
