using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

/// <summary>Predictors over windows before the treatment, as the classic studies have them.</summary>
public sealed class PredictorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The row of California in table 1 of Abadie, Diamond and Hainmueller (2010).</summary>
    [Theory]
    [InlineData("""{"name": "lnincome", "from": 1980, "to": 1988}""", "lnincome (1980 … 1988)", 10.08)]
    [InlineData("""{"name": "age15to24", "from": 1980, "to": 1988, "statistic": "mean"}""", "age15to24 (1980 … 1988)", .174)]
    [InlineData("""{"name": "retprice", "from": "1980", "to": "1988"}""", "retprice (1980 … 1988)", 89.42)]
    [InlineData("""{"name": "beer", "from": 1984, "to": 1988}""", "beer (1984 … 1988)", 24.28)]
    [InlineData("""{"name": "cigsale", "from": 1988, "to": 1988}""", "cigsale (1988)", 90.10)]
    [InlineData("""{"name": "cigsale", "from": 1980, "to": 1980}""", "cigsale (1980)", 120.20)]
    [InlineData("""{"name": "cigsale", "from": 1975, "to": 1975}""", "cigsale (1975)", 127.10)]
    public void CaliforniaHasThePublishedPredictors(string predictor, string name, double california)
    {
        FitData data = California($"[{predictor}]").ToFitData();
        Assert.Equal(name, data.Features.ColumnNames![0]);
        Assert.Equal(1, data.Covariates);
        Assert.Equal(california, data.Features[data.TreatedUnits[0], 0], california < 1 ? .5e-3 : .5e-2 + 1e-9);
    }

    [Theory]
    [InlineData("mean", 14 / 3.0)]
    [InlineData("median", 3)]
    [InlineData("sum", 14)]
    [InlineData("min", 1)]
    [InlineData("max", 10)]
    [InlineData("first", 10)]
    [InlineData("last", 3)]
    public void AStatisticSkipsWhatIsMissing(string statistic, double expected)
    {
        FitData data = Small($$"""[{"name": "x", "from": 2, "to": 5, "statistic": "{{statistic}}"}]""").ToFitData();
        Assert.Equal(expected, data.Features[0, 0], 1e-12);
        Assert.Equal(statistic == "mean" ? "x (2 … 5)" : $"{statistic} of x (2 … 5)", data.Features.ColumnNames![0]);
    }

    [Fact]
    public void FaultsOfTheirColumnsNameThem()
    {
        InvalidInputException missing = Assert.Throws<InvalidInputException>(() => Small("""[{"name": "x", "from": 3, "to": 3}]"""));
        Assert.Equal("PredictorMissing", missing.ErrorId);
        Assert.Contains("{Predictors}: 'x (3)' has no value for unit 'A'.", missing.Message, StringComparison.Ordinal);
        InvalidInputException text = Assert.Throws<InvalidInputException>(() => PanelReader.Read(
            _folder.Write("text.csv", "u,t,y,x\nA,1,1,many\nB,1,1,1\n"),
            new PanelOptions { Unit = "u", Time = "t", Outcome = "y", Predictors = [new PanelPredictor { Name = "x" }] }));
        Assert.Equal("Predictors", text.ParameterName);
        Assert.StartsWith("{Predictors}: column 'x' is 'many' for unit 'A'", text.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WindowsAreOpenOnEitherSideAndLieBesideCovariates()
    {
        FitData data = Small("""[{"name": "x", "to": 2}, {"name": "y", "from": 5}]""", "x").ToFitData();
        Assert.Equal(["x", "x (to 2)", "y (from 5)"], data.Features.ColumnNames!.Take(3));
        Assert.Equal([21 / 4.0, 8.5, 5.0], Enumerable.Range(0, 3).Select(column => data.Features[0, column]));
    }

    /// <summary>A treatment that is dated back must not see what came after it.</summary>
    [Fact]
    public void ATreatmentDatedBackSeesOnlyWhatLiesBeforeIt()
    {
        EffectData data = EffectData.FromPanel(Small("""[{"name": "x", "from": 2, "to": 5}, {"name": "y", "from": 1, "to": 2, "statistic": "max"}]"""));
        double[] covariates = new double[2];
        data.WriteCovariates(0, 3, covariates);
        Assert.Equal([10, 2], covariates);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => data.WriteCovariates(0, 1, covariates));
        Assert.Equal("CovariateMissing", error.ErrorId);
    }

    [Theory]
    [InlineData("""[{"name": "x", "from": 2, "to": 6}]""", "PredictorAfterTreatment", "'x (2 … 6)' reaches 6, but units are treated from 6 on")]
    [InlineData("""[{"name": "x", "from": 0, "to": 3}]""", "PredictorOutsidePanel", "names 0, which is not among the panel's times, 1 to 7")]
    [InlineData("""[{"name": "x", "from": 4, "to": 3}]""", "PredictorWindowEmpty", "it goes from 4 to 3")]
    [InlineData("""[{"name": "z"}]""", "UnknownColumn", "{Predictors}: there is no column 'z'")]
    [InlineData("""[{"nmae": "x"}]""", "PredictorsMalformed", "predictor 0 has a key 'nmae'; did you mean 'name'?")]
    [InlineData("""[{"name": "x", "statistic": "mode"}]""", "PredictorStatisticUnknown", "there is no statistic 'mode'; there are mean, median,")]
    [InlineData("""[{"name": "x"}, {"name": "x"}]""", "PredictorNamedTwice", "'x' stands twice")]
    [InlineData("{}", "PredictorsMalformed", "a list of predictors")]
    [InlineData("[{", "PredictorsMalformed", "line 1, column 3: the file is not valid JSON.")]
    public void FaultsAreNamed(string json, string errorId, string message)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Small(json));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Panel California(string json) => PanelReader.Read(RepositoryFiles.Sample("california_prop99.csv"), new PanelOptions
    {
        Unit = "state",
        Time = "year",
        Outcome = "cigsale",
        Predictors = PredictorsReader.Read(_folder.Write("predictors.json", json)),
        TreatedUnits = ["California"],
        TreatmentTime = "1989",
    });

    private Panel Small(string json, params string[] covariates) => PanelReader.Read(
        _folder.Write("p.csv", "u,t,y,x\nA,1,1,7\nA,2,2,10\nA,3,3,\nA,4,4,1\nA,5,5,3\nA,6,6,100\nA,7,7,100\nB,1,1,1\nB,2,1,1\nB,3,1,1\nB,4,1,1\nB,5,1,1\nB,6,1,1\nB,7,1,1\n"),
        new PanelOptions
        {
            Unit = "u",
            Time = "t",
            Outcome = "y",
            Covariates = covariates,
            Predictors = PredictorsReader.Read(_folder.Write("predictors.json", json)),
            TreatedUnits = ["A"],
            TreatmentTime = "6",
        });
}
