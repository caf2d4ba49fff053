using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators.Robust;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Robust synthetic control against pysyncon, and what must hold whatever the data.</summary>
public class RobustTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Weights_are_the_packages(int rank)
    {
        BasqueCase basque = new();
        EffectData data = new(basque.Outcomes, [.. Enumerable.Range(0, 17).Select(unit => unit == 16 ? 15 : (int?)null)]);
        EffectEstimate estimate = Run(data, options => (options.Robust.Rank, options.Robust.Ridge) = (rank, 0.1));
        double[] weights = [.. Enumerable.Range(0, 16).Select(donor => estimate.Periods[0].Fit.Weights![0, donor])];
        Near(Numbers(basque.Outputs.GetProperty($"robust_lambda0.1_sv{rank}"), "w"), weights, 1e-10);
        Assert.Equal(rank, estimate.Periods[0].Fit.Rank);
        Assert.Equal(0.1, estimate.Periods[0].Fit.WPen);
    }

    [Fact]
    public void A_low_rank_is_found_and_what_is_left_out_is_predicted()
    {
        EffectEstimate estimate = Run(Factors(noise: 1e-3), _ => { });
        Assert.Equal(2, estimate.Periods[0].Fit.Rank);
        Assert.Equal(3, estimate.Effect.Average.Effect, 0.02);
        Assert.InRange(estimate.Effect.Average.PValue, 0, 0.05);
    }

    [Theory]
    [InlineData(EffectInference.Conformal)]
    [InlineData(EffectInference.JackknifePlus)]
    public void Inference_over_periods_is_that_of_the_same_estimate(EffectInference inference)
    {
        foreach (bool demean in new[] { false, true })
        {
            EffectEstimate placebo = Run(Factors(noise: 0.1), options => options.Demean = demean);
            EffectEstimate other = Run(Factors(noise: 0.1), options => (options.Inference, options.Demean) = (inference, demean));
            Assert.Equal(placebo.Effect.Average.Effect, other.Effect.Average.Effect, 1e-9);
            Assert.Equal(placebo.Periods[0].Fit.Rank, other.Periods[0].Fit.Rank);
            Assert.InRange(other.Effect.Average.CiLow, 2, 3);
            Assert.InRange(other.Effect.Average.CiHigh, 3, 4);
        }
    }

    [Fact]
    public void Scale_and_order_do_not_matter()
    {
        double[,] outcomes = Factors(noise: 0.1).Outcomes.ToArray();
        int last = outcomes.GetLength(0) - 1;
        double[,] turned = MatrixRows.Rows(outcomes, [.. Enumerable.Range(0, last + 1).Reverse()]);
        foreach (ref double value in MatrixRows.All(turned))
        {
            value *= 100;
        }

        EffectEstimate plain = Run(Factors(noise: 0.1), options => options.Robust.Ridge = 0.2);
        EffectData moved = new(FeatureMatrix.FromArray(turned), [.. Enumerable.Range(0, last + 1).Select(i => i == 0 ? 20 : (int?)null)]);
        EffectEstimate other = Run(moved, options => options.Robust.Ridge = 0.2 * 100 * 100);
        Assert.Equal(100 * plain.Effect.Average.Effect, other.Effect.Average.Effect, 1e-7);
        Assert.Equal(plain.Effect.Average.PValue, other.Effect.Average.PValue);
    }

    [Fact]
    public void Collinear_donors_and_constant_outcomes_have_weights()
    {
        EffectEstimate exact = Run(Factors(noise: 0), options => options.Robust.Rank = 8);
        Assert.Equal(3, exact.Effect.Average.Effect, 1e-9);
        double[,] constant = new double[20, 30];
        Assert.Equal(0, Run(Treated(constant), _ => { }).Effect.Average.Effect);
        MatrixRows.All(constant).Fill(7);
        Assert.Equal(0, Run(Treated(constant), _ => { }).Effect.Average.Effect, 1e-12);
    }

    [Fact]
    public void What_cannot_be_used_is_said()
    {
        Assert.Equal("OptionOutOfRange", Refused(options => options.Robust.Rank = 0));
        Assert.Equal("OptionOutOfRange", Refused(options => options.Robust.Ridge = -1));
        Assert.Equal("InferenceNeedsOther", Refused(options => (options.Inference, options.Doses) = (EffectInference.JackknifePlus, new double[20])));
        EffectData data = Factors(noise: 0.1);
        EffectData with = new(data.Outcomes, data.TreatmentPeriods, FeatureMatrix.FromArray(new double[20, 1]));
        Assert.Equal("CovariatesNotUsed", Assert.Throws<InvalidInputException>(() => Run(with, _ => { })).ErrorId);
        EffectEstimate interpolated = Run(data, options => (options.Robust.Rank, options.PrePeriods) = (12, 10));
        Assert.Contains(interpolated.Warnings, warning => warning.Contains("whatever they are", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ridge_shortens_weights_and_zeros_have_no_rank()
    {
        double[][] donors = [[1, 2, 3, 4], [2, 1, 0, 1], [0, 1, 2, 2]];
        DonorFactors factors = new(donors);
        double[] plain = factors.Weights([1, 2, 2], 0, 2);
        double[] ridge = factors.Weights([1, 2, 2], 0.5, 2);
        Assert.True(ridge.Sum(w => w * w) < plain.Sum(w => w * w));
        Assert.Equal(0, new DonorFactors([[0, 0], [0, 0]]).Kept(5));
    }

    [Fact]
    public void The_rank_chosen_predicts_controls_best()
    {
        SyntheticControlFit fit = Run(Factors(noise: 0.5), _ => { }).Periods[0].Fit;
        Assert.Equal(18, fit.Scores.Length);
        Assert.Equal(fit.Scores.Min(), fit.Scores[fit.Rank!.Value - 1]);
    }

    private static string Refused(Action<EffectOptions> set) => Assert.Throws<InvalidInputException>(() => Run(Factors(noise: 0.1), set)).ErrorId;

    private static EffectEstimate Run(EffectData data, Action<EffectOptions> set)
    {
        EffectOptions options = new() { Method = EffectMethod.Robust };
        set(options);
        return EffectEstimator.Run(data, options);
    }

    // 19 controls of two factors and what looks like noise; the effect is 3.
    private static EffectData Factors(double noise)
    {
        double[,] outcomes = new double[20, 30];
        for (int i = 0; i < 20; i++)
        {
            for (int t = 0; t < 30; t++)
            {
                double random = (((i * 7919) + (t * 104729) + (i * t * 31)) % 1000 / 500.0) - 1;
                outcomes[i, t] = 5 + (i % 4) + ((i % 7) * Math.Sin(t) / 3) + (noise * random) + (i == 19 && t >= 20 ? 3 : 0);
            }
        }

        return Treated(outcomes);
    }

    private static EffectData Treated(double[,] outcomes) =>
        new(FeatureMatrix.FromArray(outcomes), [.. Enumerable.Range(0, 20).Select(i => i == 19 ? 20 : (int?)null)]);
}
