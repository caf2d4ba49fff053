using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Whether intervals hold the truth as often as they say, on simulated panels (all 500 run in bench, <c>-- coverage</c>).</summary>
public class CoverageTests
{
    private const int Panels = 60;

    [Fact]
    public void Intervals_cover_and_p_values_are_uniform_without_an_effect()
    {
        EffectValue[] averages = [.. Enumerable.Range(0, Panels).AsParallel().AsOrdered().Select(seed => Estimate(1000 + seed, effect: 0))];
        SimulationSummary summary = SimulationSummary.Of(averages, truth: 0);

        // Four standard errors of a share of .95 in 60 panels.
        Assert.InRange(summary.Coverage, 0.95 - 0.113, 1);
        Assert.InRange(summary.Bias, -4 * Math.Sqrt(summary.MeanSquaredError / Panels), 4 * Math.Sqrt(summary.MeanSquaredError / Panels));
        Assert.InRange(KolmogorovSmirnov.PValue([.. averages.Select(average => average.PValue)]), 0.01, 1);
    }

    [Fact]
    public void Estimates_are_unbiased_with_an_effect()
    {
        EffectValue[] averages = [.. Enumerable.Range(0, Panels).AsParallel().AsOrdered().Select(seed => Estimate(5000 + seed, effect: 2))];
        SimulationSummary summary = SimulationSummary.Of(averages, truth: 2);
        double standardError = Math.Sqrt(summary.MeanSquaredError / Panels);
        Assert.InRange(summary.Bias, -4 * standardError, 4 * standardError);
        Assert.InRange(summary.Coverage, 0.95 - 0.113, 1);
        Assert.True(averages.Count(average => average.PValue <= 0.05) > Panels * 0.9, "An effect of three standard deviations was overlooked.");
    }

    private static EffectValue Estimate(int seed, double effect)
    {
        EffectData data = SimulatedPanel.Create(seed, controls: 200, before: 20, after: 5, effect: effect);
        EffectOptions options = new() { MaxDegreeOfParallelism = 1 };
        options.Fast.KeepWeights = false;
        return EffectEstimator.Run(data, options).Effect.Average;
    }
}
