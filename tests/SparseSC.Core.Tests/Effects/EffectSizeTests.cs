using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>What a result keeps, and what its file holds: numbers of the treated units unless more is asked for.</summary>
public class EffectSizeTests
{
    [Theory]
    [InlineData(EffectMethod.Fast)]
    [InlineData(EffectMethod.Joint)]
    [InlineData(EffectMethod.Simplex)]
    [InlineData(EffectMethod.DifferenceInDifferences)]
    public void Weights_of_the_treated_are_the_rows_that_all_units_have(EffectMethod method)
    {
        SyntheticControlFit treated = Estimate(method, KeptUnits.Treated).Periods[0].Fit;
        SyntheticControlFit all = Estimate(method, KeptUnits.All).Periods[0].Fit;

        Assert.Null(Estimate(method, KeptUnits.None).Periods[0].Fit.Weights);
        Assert.Equal(39, all.Weights!.GetLength(0));
        Assert.Equal(treated.TreatedUnits, treated.WeightUnits!);
        Assert.Equal(Row(all.Weights, all.TreatedUnits[0]), Row(treated.Weights!, 0));
        Assert.Equal(0, treated.WeightRow(treated.TreatedUnits[0]));
        Assert.Equal(-1, treated.WeightRow(treated.ControlUnits[0]));
    }

    [Fact]
    public void Weights_that_were_not_kept_are_an_error_that_says_how_to_keep_them()
    {
        EffectEstimate estimate = Estimate(EffectMethod.Simplex, KeptUnits.Treated);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => EffectRows.UnitWeights(estimate, [estimate.Periods[0].ControlUnits[0]]).ToArray());
        Assert.Equal("WeightsNotKept", error.ErrorId);
        Assert.Contains("{Weights:All}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_treated_gives_their_rows_back_and_refuses_placebos()
    {
        EffectEstimate estimate = Estimate(EffectMethod.Simplex, KeptUnits.Treated);
        using MemoryStream small = new();
        EffectJson.Write(small, estimate, KeptUnits.Treated);
        using MemoryStream whole = new();
        EffectJson.Write(whole, estimate);
        using TempFolder folder = new();
        File.WriteAllBytes(folder.Path("effect.json"), small.ToArray());

        EffectEstimate read = EffectFile.Read(folder.Path("effect.json"));

        Assert.True(small.Length < whole.Length / 2, $"{small.Length} against {whole.Length} bytes");
        int california = estimate.Periods[0].TreatedUnits[0];
        Assert.Equal(Row(estimate.Synthetic, california), Row(read.Synthetic, california));
        Assert.Equal(
            EffectRows.Predictions(estimate).Select(row => (row.Unit, row.Time, row.Synthetic, row.Low, row.High)),
            EffectRows.Predictions(read).Select(row => (row.Unit, row.Time, row.Synthetic, row.Low, row.High)));
        Assert.Equal("SyntheticNotKept", Assert.Throws<InvalidInputException>(() => SpacePlacebo.FromEstimate(read)).ErrorId);
        int control = estimate.Periods[0].ControlUnits[0];
        Assert.Equal("SyntheticNotKept", Assert.Throws<InvalidInputException>(() => EffectRows.Predictions(read, [control]).ToArray()).ErrorId);
    }

    [Fact]
    public void A_fit_written_for_the_treated_comes_back_with_their_predictions()
    {
        SyntheticControlFit fit = FastFit.Run(California().ToFitData(), new FastFitOptions());
        using TempFolder folder = new();
        using (FileStream stream = File.Create(folder.Path("fit.json")))
        {
            FitJson.Write(stream, fit, KeptUnits.Treated);
        }

        SyntheticControlFit read = FitFile.Read(folder.Path("fit.json"));

        int treated = fit.TreatedUnits[0];
        Assert.Equal(39, read.Predictions.GetLength(0));
        Assert.Equal(Row(fit.Predictions, treated), Row(read.Predictions, treated));
        Assert.Equal(Row(fit.Targets, treated), Row(read.Targets, treated));
        Assert.All(Row(read.Predictions, fit.ControlUnits[0]), value => Assert.True(double.IsNaN(value)));
        Assert.All(FitRows.Predictions(read, [treated]), row => Assert.True(double.IsNaN(row.High) && double.IsFinite(row.Synthetic)));
    }

    private static double[] Row(double[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])];

    private static EffectEstimate Estimate(EffectMethod method, KeptUnits weights) =>
        EffectEstimator.Run(California(), new EffectOptions { Method = method, CrossFitFolds = 3, Weights = weights });

    private static Panel California() => PanelReader.Read(
        RepositoryFiles.Sample("california_prop99.csv"),
        new PanelOptions { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989" });
}
