using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Effects;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>A fit says how it matches before the treatment, and when it hardly does.</summary>
public class MatchQualityTests
{
    /// <summary>By hand: a covariate that counts for nothing, two outcomes, weights ¾ and ¼.</summary>
    [Fact]
    public void Errors_and_donors_are_those_of_the_weights()
    {
        FitData data = new(new FeatureMatrix([90, 1, 2, 10, 0, 2, 20, 4, 6], 3, 3), new FeatureMatrix([1, 2, 3], 3, 1), [0], 1);
        SyntheticControlFit fit = new() { ControlUnits = [1, 2], TreatedUnits = [0], V = [0, 1, 1], Weights = new double[,] { { 0.75, 0.25 }, { 0, 1 }, { 1, 0 } } };
        MatchQuality.Note(data, fit);
        Assert.Equal(Math.Sqrt((0 + (1 * 1)) / 2.0), fit.PreRmspe, 1e-14);
        Assert.Equal(Math.Sqrt((1 + 4) / 2.0), fit.MeanRmspe, 1e-14);
        Assert.Equal(1.6, fit.EffectiveDonors, 1e-14);
        Assert.Empty(fit.Warnings);
        Assert.Equal(0, MatchQuality.Effective([0, 0]));
        Assert.Equal(4, MatchQuality.Effective([-0.5, 0.5, 0.5, -0.5]), 1e-14);
    }

    [Fact]
    public void A_fit_that_is_hardly_better_than_the_plain_mean_says_so()
    {
        System.Random random = new(3);
        double[] noise = [.. Enumerable.Range(0, 31 * 14).Select(_ => random.NextDouble())];
        FitData data = new(
            new FeatureMatrix([.. noise.Chunk(14).SelectMany(row => row[..10])], 31, 10),
            new FeatureMatrix([.. noise.Chunk(14).SelectMany(row => row[10..])], 31, 4),
            [0]);
        SyntheticControlFit equal = JointFit.Run(data, new FitOptions { VPen = [0], WPen = [1e4], Constraint = WeightConstraint.Simplex });
        Assert.Contains(MatchQuality.HardlyBetter, equal.Warnings);
        Assert.InRange(equal.EffectiveDonors, 29, 30.001);
        Assert.Equal(equal.MeanRmspe, equal.PreRmspe, 1e-2);

        EffectEstimate matched = EffectEstimator.Run(SimulatedPanel.Create(5, 30, 20, 4), new EffectOptions());
        Assert.DoesNotContain(MatchQuality.HardlyBetter, matched.Warnings);
        Assert.True(matched.Periods[0].Fit.PreRmspe < 0.8 * matched.Periods[0].Fit.MeanRmspe);
        Assert.Equal(matched.Periods[0].RmspeRatios[0].PreRmspe, matched.Periods[0].Fit.PreRmspe, 1e-9);

        // Equal weights are what difference in differences is asked for.
        EffectEstimate did = EffectEstimator.Run(SimulatedPanel.Create(5, 30, 20, 4), new EffectOptions { Method = EffectMethod.DifferenceInDifferences });
        Assert.DoesNotContain(MatchQuality.HardlyBetter, did.Warnings);
        Assert.Equal(30, did.Periods[0].Fit.EffectiveDonors, 1e-9);

        // A fixed effect per unit takes constant differences off.
        Assert.Equal(did.Periods[0].RmspeRatios[0].PreRmspe, did.Periods[0].Fit.PreRmspe, 1e-9);
        EffectEstimate demeaned = EffectEstimator.Run(SimulatedPanel.Create(5, 30, 20, 4), new EffectOptions { Method = EffectMethod.Simplex, Demean = true });
        Assert.Equal(demeaned.Periods[0].RmspeRatios[0].PreRmspe, demeaned.Periods[0].Fit.PreRmspe, 1e-9);
    }
}
