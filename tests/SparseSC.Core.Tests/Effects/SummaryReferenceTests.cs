using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>A/A results, difference in differences and summaries against the reference.</summary>
public class SummaryReferenceTests
{
    private static readonly ReferenceCase Reference = new("aa-did-descr");

    /// <summary>What an estimator finds where there is nothing to find.</summary>
    [Theory]
    [InlineData("pre", "diffs_pre.csv", false)]
    [InlineData("pre", "diffs_pre.csv", true)]
    [InlineData("post", "diffs_post.csv", false)]
    [InlineData("post", "diffs_post.csv", true)]
    public void Aa_results_equal_the_reference(string part, string file, bool asymmetric)
    {
        JsonElement expected = Reference.Outputs.GetProperty($"AA_results(level=0.9,sym_CI={(asymmetric ? "False" : "True")})");
        double[,] differences = Reference.Matrix(file).ToArray();
        double[,] effect = new double[1, differences.GetLength(1)];
        for (int t = 0; t < effect.Length && asymmetric; t++)
        {
            effect[0, t] = Enumerable.Range(0, differences.GetLength(0)).Average(unit => differences[unit, t]);
        }

        PlaceboInference actual = PlaceboDistribution.Compute(
            differences, effect, new PlaceboOptions { MaxPlacebos = 0, Level = 0.9, Asymmetric = asymmetric, Interval = IntervalRule.Reference });
        EffectComparison.Same(expected.GetProperty(part), actual, 1e-12);
    }

    [Fact]
    public void Difference_in_differences_equals_the_reference()
    {
        double[,] actual = DifferenceInDifferences.Predict(Reference.Matrix("did_Y.csv"), [.. Enumerable.Range(2, 10)], 6);
        double[][] expected = Reference.Outputs.GetProperty("did_sc(Y,treated=[0,1],control=2..11,T0=6)").Rows();
        Close.Equal(expected.SelectMany(row => row).ToArray(), actual.Cast<double>().ToArray(), 1e-13, "did");
    }

    [Fact]
    public void Simulations_are_summed_up()
    {
        EffectValue[] estimates =
        [
            new EffectValue { Effect = 1, CiLow = 0, CiHigh = 2 },
            new EffectValue { Effect = 3, CiLow = 2.5, CiHigh = 3.5 },
        ];
        SimulationSummary summary = SimulationSummary.Of(estimates, truth: 2);
        Assert.Equal((2, 0.0, 1.0, 0.5, 1.5), (summary.Count, summary.Bias, summary.MeanSquaredError, summary.Coverage, summary.MeanLength));
    }
}
