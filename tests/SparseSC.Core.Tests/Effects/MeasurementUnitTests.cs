using SparseSC.Core.Effects;
using SparseSC.Core.Fitting;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>The answer must not depend on the unit in which something is measured.</summary>
public class MeasurementUnitTests
{
    private const string FastUnits = "S09-fast-units";

    [Theory]
    [InlineData("micro", 1e-6)]
    [InlineData("mega", 1e6)]
    public void The_fast_fit_gives_the_same_effect_in_every_unit(string outcome, double factor)
    {
        EffectEstimate plain = Estimate(FastUnits, "y");
        EffectEstimate scaled = Estimate(FastUnits, outcome);
        Close.Equal(plain.Effect.Average.Effect, scaled.Effect.Average.Effect / factor, 1e-9, "effect");
        Close.Equal(plain.Effect.Average.CiHigh, scaled.Effect.Average.CiHigh / factor, 1e-9, "interval");
        Close.Equal(plain.Periods[0].Fit.WPen, scaled.Periods[0].Fit.WPen / (factor * factor), 1e-9, "w");
        Assert.Equal(plain.Effect.Average.PValue, scaled.Effect.Average.PValue);
        Assert.InRange(plain.Effect.Average.Effect, 4.9, 5.1);
        Assert.DoesNotContain(scaled.Warnings, IsAboutTheGrid);
    }

    /// <summary>The values of the reference's candidates, and what to know about them.</summary>
    [Theory]
    [InlineData("y", 4.938450819682659, null)]
    [InlineData("micro", 6.1923218966186684e-06, "is the smallest of those tried")]
    [InlineData("mega", 4869665.977886962, "is the largest of those tried")]
    public void Absolute_candidates_repeat_the_reference_and_warn_at_an_end(string outcome, double effect, string? warning)
    {
        EffectEstimate estimate = Estimate(FastUnits, outcome, options => options.Fast.WPenGrid = WPenGrid.Absolute);
        Close.Equal(effect, estimate.Effect.Average.Effect, 1e-9, "effect");
        Assert.Equal(warning is null ? 0 : 1, estimate.Warnings.Count(IsAboutTheGrid));
        Assert.Contains(warning ?? "", string.Concat(estimate.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WPenRule.Ridge)]
    [InlineData(WPenRule.Score)]
    public void A_single_penalty_and_penalties_that_tie_are_no_end_of_a_grid(WPenRule rule)
    {
        FitData data = CasePanels.ReadPanel(FastUnits).ToFitData();
        double[] first = [1, .. Enumerable.Repeat(0.0, data.Features.Columns - 1)];
        FastFitOptions tied = new() { MatchSpace = { Kind = Core.MatchSpace.MatchSpaceKind.Fixed, V = first } };
        Assert.DoesNotContain(FastFit.Run(data, tied).Warnings, IsAboutTheGrid);
        Assert.DoesNotContain(FastFit.Run(data, new FastFitOptions { WPenBy = rule, WPens = [1e-9] }).Warnings, IsAboutTheGrid);
        Assert.Contains(FastFit.Run(data, new FastFitOptions { WPenBy = rule, WPens = [1e-9, 1e-8] }).Warnings, IsAboutTheGrid);
    }

    private static bool IsAboutTheGrid(string warning) => warning.Contains("of those tried", StringComparison.Ordinal);

    private static EffectEstimate Estimate(string folder, string outcome, Action<EffectOptions>? set = null)
    {
        // Sixteen units allow no interval at .95.
        EffectOptions options = new() { Level = 0.8 };
        set?.Invoke(options);
        return EffectEstimator.Run(CasePanels.ReadPanel(folder, outcome), options);
    }
}
