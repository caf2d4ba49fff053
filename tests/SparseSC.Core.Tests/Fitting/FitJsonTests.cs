using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Fitting;

public class FitJsonTests
{
    [Fact]
    public void KeysAndShapesAreTheContract()
    {
        JsonElement json = Write(Example());
        Assert.Equal(
            [
                "format", "version", "modelType", "constraint", "controlUnits", "treatedUnits", "unitNames", "featureNames", "targetNames", "vPen", "wPen", "v",
                "score", "scoreR2", "preRmspe", "meanRmspe", "effectiveDonors",
                "scores", "scoreStandardErrors", "selectedIndex", "iterations", "folds", "weights", "predictions",
                "targets", "trivialUnits", "warnings", "elapsedSeconds",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("prospective-restricted", json.GetProperty("modelType").GetString());
        Assert.Equal("orthant", json.GetProperty("constraint").GetString());
        Assert.Equal("[0,2]", json.GetProperty("controlUnits").GetRawText());
        Assert.Equal("Åland", json.GetProperty("unitNames")[0].GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("featureNames").ValueKind);
        Assert.Equal("[[0.1,0.9],[null,0.2]]", json.GetProperty("weights").GetRawText());
        Assert.Equal(1, json.GetProperty("selectedIndex").GetInt32());
        JsonElement iteration = json.GetProperty("iterations")[0];
        Assert.Equal("[0.5,0.25]", iteration.GetProperty("vPen").GetRawText());
        Assert.Equal("3", iteration.GetProperty("wPen").GetRawText());
        Assert.Equal(JsonValueKind.Null, iteration.GetProperty("selectedIndex").ValueKind);
        Assert.Equal("""{"train":[0],"test":[2],"scores":[7,8]}""", json.GetProperty("folds")[0].GetRawText());
    }

    [Fact]
    public void NumbersKeepEveryBitAndNullModelsHaveNoPenalties()
    {
        SyntheticControlFit fit = Example();
        fit.V = [0.1 + 0.2, 1.0 / 3, double.Epsilon, 0, 1e300];
        fit.VPen = double.NaN;
        fit.WPen = double.PositiveInfinity;
        fit.SelectedIndex = null;
        fit.Weights = null;
        JsonElement json = Write(fit);
        Assert.Equal(fit.V, json.GetProperty("v").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("vPen").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("wPen").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("selectedIndex").ValueKind);
        Assert.False(json.TryGetProperty("weights", out _));
    }

    [Fact]
    public void LargeWeightsAreWrittenWhole()
    {
        SyntheticControlFit fit = Example();
        fit.Weights = new double[1000, 1000];
        Random random = new(3);
        for (int i = 0; i < 1_000_000; i++)
        {
            fit.Weights[i / 1000, i % 1000] = random.NextDouble();
        }

        JsonElement weights = Write(fit).GetProperty("weights");
        Assert.Equal(1000, weights.GetArrayLength());
        Assert.Equal(fit.Weights[999, 999], weights[999][999].GetDouble());
    }

    private static JsonElement Write(SyntheticControlFit fit)
    {
        using MemoryStream stream = new();
        FitJson.Write(stream, fit);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private static SyntheticControlFit Example() => new()
    {
        ModelType = ModelType.ProspectiveRestricted,
        Constraint = WeightConstraint.Orthant,
        ControlUnits = [0, 2],
        TreatedUnits = [1],
        UnitNames = ["Åland", "B", "C"],
        TargetNames = ["1990"],
        VPen = 0.25,
        WPen = 3,
        V = [0, 1],
        Scores = [7, 8],
        ScoreStandardErrors = [1, 1],
        SelectedIndex = 1,
        Iterations = [new FitIteration { VPen = [0.5, 0.25], WPen = [3], Scores = [7, 8], ScoreStandardErrors = [1, 1], FittedVPen = 0.25, FittedWPen = 3 }],
        Folds = [new FoldScores { Train = [0], Test = [2], Scores = [7, 8] }],
        Weights = new double[,] { { 0.1, 0.9 }, { double.NaN, 0.2 } },
        Predictions = new double[,] { { 1 }, { 2 }, { 3 } },
    };
}
