using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>What must hold of every estimator when outcomes or covariates are measured otherwise, on any panel.</summary>
/// <remarks>
/// Replayed: the joint search amplifies rounding, by how much depends on the panel. Where theory promises nothing (a constant added to outcomes
/// of penalised weights, the order of units under the lasso's contiguous folds), docs/method.md says so.
/// </remarks>
public class UnitPropertyTests
{
    [Property(MaxTest = 16, Replay = "3,11", Arbitrary = [typeof(Panels)])]
    public void Scaling_outcomes_scales_effects(MeasuredPanel panel)
    {
        EffectData data = SimulatedPanel.Create(panel.Seed, panel.Controls, 9, 3);
        EffectEstimate plain = Run(data, panel);
        EffectEstimate scaled = Run(Outcomes(data, y => y * panel.Factor), panel);
        Close.Equal(plain.Effect.Average.Effect, scaled.Effect.Average.Effect / panel.Factor, 1e-9, $"{panel} effect");
        Close.Equal(plain.Effect.Average.CiHigh, scaled.Effect.Average.CiHigh / panel.Factor, 1e-9, $"{panel} interval");
        Close.Equal(plain.PreFit.Rms.Effect, scaled.PreFit.Rms.Effect / panel.Factor, 1e-9, $"{panel} fit");
        Assert.Equal(plain.Effect.Average.PValue, scaled.Effect.Average.PValue);
    }

    [Property(MaxTest = 16, Replay = "5,11", Arbitrary = [typeof(Panels)])]
    public void Scaling_and_shifting_covariates_changes_nothing(MeasuredPanel panel)
    {
        EffectData plain = WithCovariates(panel, x => x);
        EffectData other = WithCovariates(panel, x => panel.Factor * (x + 20));
        EffectEstimate one = Run(plain, panel);
        EffectEstimate two = Run(other, panel);
        Close.Equal(one.Effect.Average.Effect, two.Effect.Average.Effect, 1e-9, $"{panel} effect");
        Close.Equal(one.Effect.Average.CiHigh, two.Effect.Average.CiHigh, 1e-9, $"{panel} interval");
    }

    /// <summary>With weights that sum to one, or a fixed effect per unit.</summary>
    [Property(MaxTest = 16, Replay = "7,11", Arbitrary = [typeof(Panels)])]
    public void Adding_a_constant_to_outcomes_changes_nothing_where_levels_cancel(MeasuredPanel panel)
    {
        EffectData data = SimulatedPanel.Create(panel.Seed, panel.Controls, 9, 3);
        bool demean = panel.Method is EffectMethod.Fast or EffectMethod.Joint;
        EffectEstimate plain = Run(data, panel, demean);
        EffectEstimate shifted = Run(Outcomes(data, y => y + 50), panel, demean);
        Assert.Equal(plain.Effect.Average.Effect, shifted.Effect.Average.Effect, 1e-9);
        Assert.Equal(plain.Effect.Average.CiHigh, shifted.Effect.Average.CiHigh, 1e-9);
    }

    [Property(MaxTest = 10, Replay = "9,11", Arbitrary = [typeof(Panels)])]
    public void Another_copy_of_a_donor_changes_no_simplex_effect(MeasuredPanel panel)
    {
        EffectData data = SimulatedPanel.Create(panel.Seed, panel.Controls, 9, 3);
        EffectData more = data.Select([.. Enumerable.Range(0, data.Outcomes.Rows), 1 + (panel.Seed % panel.Controls)]);
        MeasuredPanel simplex = panel with { Method = EffectMethod.Simplex };
        Assert.Equal(Run(data, simplex).Effect.Average.Effect, Run(more, simplex).Effect.Average.Effect, 1e-9);
    }

    private static EffectEstimate Run(EffectData data, MeasuredPanel panel, bool demean = false)
    {
        EffectOptions options = new() { Method = panel.Method, Demean = demean, CrossFitFolds = 3, Level = 0.8 };
        options.Joint.GridLength = 3;
        options.Joint.CvFolds = options.Joint.GradientFolds = FoldSpecification.Shuffled(3);
        return EffectEstimator.Run(data, options);
    }

    private static EffectData Outcomes(EffectData data, Func<double, double> change) =>
        new(new FeatureMatrix([.. data.Outcomes.Values.Select(change)], data.Outcomes.Rows, data.Outcomes.Columns), data.TreatmentPeriods);

    private static EffectData WithCovariates(MeasuredPanel panel, Func<double, double> change)
    {
        EffectData data = SimulatedPanel.Create(panel.Seed, panel.Controls, 9, 3);
        System.Random random = new(panel.Seed);
        double[] covariates = [.. Enumerable.Range(0, 2 * data.Outcomes.Rows).Select(_ => change(random.NextDouble()))];
        return new EffectData(data.Outcomes, data.TreatmentPeriods, new FeatureMatrix(covariates, data.Outcomes.Rows, 2));
    }

    /// <summary>A simulated panel, how its effect is estimated, and the factor of another unit of measurement.</summary>
    public sealed record MeasuredPanel(EffectMethod Method, int Controls, double Factor, int Seed);

    /// <summary>Panels of 12 to 20 controls.</summary>
    public static class Panels
    {
        public static Arbitrary<MeasuredPanel> Any() => Arb.From(
            from method in Gen.Elements(EffectMethod.Fast, EffectMethod.Joint, EffectMethod.Simplex, EffectMethod.DifferenceInDifferences)
            from controls in Gen.Choose(12, 20)
            from factor in Gen.Elements(1e-6, 100.0, 1e6)
            from seed in Gen.Choose(0, 100_000)
            select new MeasuredPanel(method, controls, factor, seed));
    }
}
