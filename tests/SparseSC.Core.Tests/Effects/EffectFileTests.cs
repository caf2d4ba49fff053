using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

public class EffectFileTests
{
    [Theory]
    [InlineData(EffectMethod.Fast)]
    [InlineData(EffectMethod.Simplex)]
    [InlineData(EffectMethod.DifferenceInDifferences)]
    public void ReadsEveryBitItWrote(EffectMethod method)
    {
        using TempFolder folder = new();
        EffectEstimate estimate = EffectEstimator.Run(California(), new EffectOptions { Method = method, Asymmetric = true });
        string first = folder.Path("first.json");
        string second = folder.Path("second.json");

        EffectFile.Write(first, estimate);
        EffectEstimate read = EffectFile.Read(first);
        EffectFile.Write(second, read);

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.Equal(estimate.Observed, read.Observed);
        Assert.Equal(estimate.Synthetic, read.Synthetic);
        Assert.Equal(estimate.Periods[0].Synthetic, read.Periods[0].Synthetic);
        Assert.Equal(estimate.Periods[0].HeldOutSynthetic, read.Periods[0].HeldOutSynthetic);
        Assert.Equal(estimate.Periods[0].Fit.Predictions, read.Periods[0].Fit.Predictions);
        Assert.Equal(estimate.Periods[0].Fit.Targets, read.Periods[0].Fit.Targets);
        Assert.Equal(estimate.Periods[0].WindowStart, read.Periods[0].WindowStart);
        Assert.Equal(estimate.CrossFitFolds, read.CrossFitFolds);
        Assert.True(read.Effect.Asymmetric);
    }

    [Fact]
    public void EverySettablePropertyComesBack()
    {
        using TempFolder folder = new();
        EffectEstimate estimate = EffectEstimator.Run(California(), new EffectOptions { Method = EffectMethod.Simplex });
        EffectFile.Write(folder.Path("effect.json"), estimate);
        EffectEstimate read = EffectFile.Read(folder.Path("effect.json"));
        (object Before, object After)[] pairs =
        [
            (estimate, read),
            (estimate.PreFit, read.PreFit),
            (estimate.Periods[0], read.Periods[0]),
            (estimate.Periods[0].RmspeRatios[0], read.Periods[0].RmspeRatios[0]),
        ];
        foreach ((object before, object after) in pairs)
        {
            Assert.All(
                before.GetType().GetProperties().Where(property => property.PropertyType.IsValueType || property.PropertyType == typeof(string)),
                property => Assert.Equal(property.GetValue(before), property.GetValue(after)));
        }
    }

    [Theory]
    [InlineData("{\"format\":\"sparsesc-fit\",\"version\":1}", "NotAnEffectFile")]
    [InlineData("{\"fittedBy\":\"fast\"}", "NotAnEffectFile")]
    [InlineData("{\"format\":\"sparsesc-effects\",\"version\":2}", "EffectVersion")]
    [InlineData("{\"format\":\"sparsesc-effects\",\"version\":1}", "EffectDamaged")]
    [InlineData("{\"format\":\"sparsesc", "EffectDamaged")]
    public void RefusesByName(string text, string errorId)
    {
        using TempFolder folder = new();
        File.WriteAllText(folder.Path("bad.json"), text);
        Assert.Equal(errorId, Assert.Throws<InvalidInputException>(() => EffectFile.Read(folder.Path("bad.json"))).ErrorId);
    }

    private static Panel California() => PanelReader.Read(
        RepositoryFiles.Sample("california_prop99.csv"),
        new PanelOptions { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989" });
}
