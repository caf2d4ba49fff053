using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>Predictors of the treated, the synthetic control and the donors, in their own units.</summary>
public class BalanceTests
{
    /// <summary>By hand: weights ¾ and ¼; the second treated unit has donor 2 alone.</summary>
    [Fact]
    public void Rows_are_means_of_the_treated_and_of_their_donors()
    {
        FitData data = new(new FeatureMatrix([90, 1, 10, 3, 20, 7, 70, 5], 4, 2), new FeatureMatrix([1, 2, 3, 4], 4, 1), [0, 3], 1)
        {
            Scaling = new FeatureScaling([5, 0], [2, 1], null),
        };
        SyntheticControlFit fit = new() { ControlUnits = [1, 2], TreatedUnits = [0, 3], Weights = new double[,] { { .75, .25 }, { 0, 1 }, { 1, 0 }, { 0, 1 } } };
        BalanceRow[] rows = MatchBalance.Of(data, fit, null);

        Assert.Equal(5 + (2 * 80), rows[0].Treated, 1e-12);
        Assert.Equal(5 + (2 * ((.375 * 10) + (.625 * 20))), rows[0].Synthetic, 1e-12);
        Assert.Equal(5 + (2 * 15), rows[0].DonorMean, 1e-12);
        Assert.Equal(2 * Math.Sqrt(50), rows[0].DonorDeviation, 1e-12);
        Assert.Equal((80 - 16.25) / Math.Sqrt(50), rows[0].StandardisedDifference, 1e-12);
        Assert.Equal((3.0 - 5) / Math.Sqrt(8), rows[1].DonorDifference, 1e-12);
        bool[,] second = { { false, true }, { true, true }, { true, true }, { false, true } };
        Assert.Equal(7, MatchBalance.Of(data, fit, second)[1].DonorMean);
    }

    [Theory]
    [InlineData(EffectMethod.Fast)]
    [InlineData(EffectMethod.Joint)]
    [InlineData(EffectMethod.Simplex)]
    [InlineData(EffectMethod.Penalized)]
    [InlineData(EffectMethod.DifferenceInDifferences)]
    [InlineData(EffectMethod.Augmented)]
    [InlineData(EffectMethod.Sdid)]
    public void An_effect_is_balanced_in_the_units_of_the_data(EffectMethod method)
    {
        Panel panel = California();
        EffectEstimate estimate = EffectEstimator.Run(panel, new EffectOptions { Method = method, Weights = KeptUnits.None });
        BalanceRow[] rows = [.. EffectRows.Balance(estimate)];
        BalanceRow[] outcomes = rows[^19..];
        int california = Array.IndexOf(estimate.Units, estimate.Units.Single(unit => unit.Contains("California", StringComparison.Ordinal)));

        // Estimators that adjust by covariates do not match them.
        Assert.Equal(method == EffectMethod.Sdid ? 19 : 20, rows.Length);
        Assert.Equal(Enumerable.Range(1970, 19).Select(year => $"{year}"), outcomes.Select(row => row.Predictor));
        Assert.All(outcomes.Select((row, t) => (row, t)), item =>
        {
            Assert.Equal(estimate.Observed[california, item.t], item.row.Treated, 1e-9);
            Assert.Equal(estimate.Synthetic[california, item.t], item.row.Synthetic, 1e-9);
        });
        if (rows.Length == 20)
        {
            double price = Enumerable.Range(0, 19).Select(t => panel.Covariates[0][Array.IndexOf(panel.Units, "California"), t]).Where(double.IsFinite).Average();
            Assert.Equal("retprice", rows[0].Predictor);
            Assert.Equal(price, rows[0].Treated, 1e-9);
            Assert.InRange(rows[0].Synthetic, rows[0].DonorMean - (4 * rows[0].DonorDeviation), rows[0].DonorMean + (4 * rows[0].DonorDeviation));
        }
    }

    [Fact]
    public void It_comes_back_from_a_file()
    {
        using TempFolder folder = new();
        SyntheticControlFit fit = FastFit.Run(California().ToFitData(), new FastFitOptions());
        FitFile.Write(folder.Path("fit.json"), fit);
        BalanceRow[] read = [.. FitRows.Balance(FitFile.Read(folder.Path("fit.json")))];

        Assert.Equal(fit.FeatureNames, read.Select(row => row.Predictor));
        Assert.Equal(fit.Balance.Select(row => (row.Treated, row.Synthetic, row.DonorMean, row.DonorDeviation)), read.Select(row => (row.Treated, row.Synthetic, row.DonorMean, row.DonorDeviation)));
        fit.Balance = [];
        Assert.Equal("BalanceNotKept", Assert.Throws<InvalidInputException>(() => FitRows.Balance(fit)).ErrorId);
    }

    private static Panel California() => PanelReader.Read(
        RepositoryFiles.Sample("california_prop99.csv"),
        new PanelOptions
        {
            Unit = "state",
            Time = "year",
            Outcome = "cigsale",
            Covariates = ["retprice"],
            TreatedUnits = ["California"],
            TreatmentTime = "1989",
        });
}
