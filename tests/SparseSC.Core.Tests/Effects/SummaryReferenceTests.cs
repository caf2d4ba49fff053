using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>A/A results, difference in differences and summaries against the reference.</summary>
public class SummaryReferenceTests
{
    private static readonly ReferenceCase Reference = new("aa-did-descr");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Aa_results_equal_the_reference(bool asymmetric)
    {
        JsonElement expected = Reference.Outputs.GetProperty($"AA_results(level=0.9,sym_CI={(asymmetric ? "False" : "True")})");
        AaTest actual = AaTest.FromDifferences(Reference.Matrix("diffs_pre.csv").ToArray(), Reference.Matrix("diffs_post.csv").ToArray(), 0.9, asymmetric, IntervalRule.Reference);
        EffectComparison.Same(expected.GetProperty("pre"), actual.PreFit, 1e-12);
        EffectComparison.Same(expected.GetProperty("post"), actual.Effect, 1e-12);
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

    /// <summary>Nothing happened to the untreated states, so an effect as large as California's must be rare among them.</summary>
    [Fact]
    public void Aa_on_a_real_panel_finds_less_than_the_effect()
    {
        AaTest test = AaTest.Run(PublishedPanels.California(), 19, new EffectOptions());
        Assert.Equal(38, test.Effect.PlaceboCount);
        Assert.Equal(0, test.Effect.Average.Effect);
        Assert.InRange(test.Effect.Average.CiHigh, 5, 60);
        Assert.Equal("1989", test.Effect.PerPeriod[0].Time);
        Assert.Equal(38, test.Fit!.ControlUnits.Length);
    }

    [Fact]
    public void Aa_with_a_fixed_effect_does_not_see_levels()
    {
        EffectData data = SimulatedPanel.Create(31, 20, 12, 4);
        double[] raised = [.. data.Outcomes.Values.Select((value, i) => value + (10 * (i / 16)))];
        EffectData levels = new(new(raised, 21, 16), data.TreatmentPeriods);
        AaTest plain = AaTest.Run(data, 12, new EffectOptions { Demean = true });
        AaTest same = AaTest.Run(levels, 12, new EffectOptions { Demean = true });
        Close.Equal(plain.Rmspe, same.Rmspe, 1e-9, "root mean square");
        Close.Equal(plain.Effect.Average.CiHigh, same.Effect.Average.CiHigh, 1e-9, "interval");
        Assert.NotEqual(AaTest.Run(data, 12, new EffectOptions()).Rmspe, AaTest.Run(levels, 12, new EffectOptions()).Rmspe, 1e-3);
    }
}
