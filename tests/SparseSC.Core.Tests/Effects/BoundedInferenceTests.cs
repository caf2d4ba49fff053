using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Inference over periods of simplex, lasso, ridge and least-squares weights and of difference in differences.</summary>
public class BoundedInferenceTests
{
    [Theory]
    [InlineData(EffectMethod.Simplex, false)]
    [InlineData(EffectMethod.Simplex, true)]
    [InlineData(EffectMethod.DifferenceInDifferences, false)]
    [InlineData(EffectMethod.Lasso, true)]
    [InlineData(EffectMethod.LeastSquares, false)]
    public void The_jackknife_plus_leaves_out_every_period_before(EffectMethod method, bool demean)
    {
        const int Pre = 9;
        const int Post = 3;
        EffectData data = SimulatedPanel.Create(41, 5, Pre, Post, treated: 2, effect: 1);
        PlaceboInference found = Run(data, method, EffectInference.JackknifePlus, demean).Effect;
        double[][] left = [.. Enumerable.Range(0, Pre).Select(t => Effects(Moved(data, t), method, demean))];
        for (int j = 0; j < Post; j++)
        {
            (double low, double high) = Ends(left, row => row[j]);
            Assert.Equal(low, found.PerPeriod[j].CiLow, 1e-8);
            Assert.Equal(high, found.PerPeriod[j].CiHigh, 1e-8);
        }

        (double from, double to) = Ends(left, row => row[..Post].Average());
        Assert.Equal(from, found.Average.CiLow, 1e-8);
        Assert.Equal(to, found.Average.CiHigh, 1e-8);
        Assert.Equal(Effects(data, method, demean).Average(), found.Average.Effect, 1e-8);
        Assert.Equal((double.NaN, Pre), (found.Average.PValue, found.PlaceboCount));
    }

    [Theory]
    [InlineData(EffectMethod.Lasso)]
    [InlineData(EffectMethod.LeastSquares)]
    public void A_conformal_p_value_is_the_rank_of_a_residual(EffectMethod method)
    {
        const int Pre = 12;
        EffectData data = SimulatedPanel.Create(42, 5, Pre, 2, effect: 1.5);
        EffectEstimate estimate = Run(data, method, EffectInference.Conformal, demean: false);

        // A treatment in the last period makes all others periods to be fitted.
        EffectEstimate fitted = EffectEstimator.Run(new EffectData(data.Outcomes, [Pre + 1, .. new int?[5]]), new EffectOptions { Method = method, CrossFitFolds = 1 });
        double[] residuals = [.. Enumerable.Range(0, Pre + 1).Select(t => Math.Abs(data.Outcomes[0, t] - fitted.Synthetic[0, t]))];
        Assert.Equal(residuals.Count(u => u >= residuals[Pre] * (1 - 1e-9)) / (Pre + 1.0), estimate.Effect.PerPeriod[0].PValue, 1e-12);
        Assert.Equal(EffectInference.Conformal, estimate.Inference);
        Assert.All(estimate.Effect.PerPeriod, value => Assert.InRange(value.Effect, value.CiLow, value.CiHigh));
    }

    [Theory]
    [InlineData(EffectMethod.Lasso)]
    [InlineData(EffectMethod.Ridge)]
    public void A_conformal_interval_ends_where_its_test_does(EffectMethod method)
    {
        EffectOptions options = new() { Method = method, Inference = EffectInference.Conformal, Level = 0.7 };
        EffectValue value = EffectEstimator.Run(SimulatedPanel.Create(43, 5, 12, 1), options).Effect.PerPeriod[0];
        double outside = value.CiHigh + 1e-4;
        Assert.True(double.IsFinite(outside));
        Assert.True(EffectEstimator.Run(SimulatedPanel.Create(43, 5, 12, 1, effect: -value.CiHigh + 1e-4), options).Effect.PerPeriod[0].PValue > 0.3);
        Assert.True(EffectEstimator.Run(SimulatedPanel.Create(43, 5, 12, 1, effect: -outside), options).Effect.PerPeriod[0].PValue <= 0.3 + 1e-12);
    }

    [Theory]
    [InlineData(EffectMethod.Simplex, EffectInference.JackknifePlus)]
    [InlineData(EffectMethod.Ridge, EffectInference.JackknifePlus)]
    [InlineData(EffectMethod.Ridge, EffectInference.Conformal)]
    public void The_estimate_is_that_of_placebos(EffectMethod method, EffectInference inference)
    {
        EffectData data = SimulatedPanel.Create(44, 6, 12, 3, effect: 1);
        Assert.Equal(Effects(data, method, demean: false).Average(), Run(data, method, inference, demean: false).Effect.Average.Effect, 1e-8);
    }

    [Fact]
    public void Covariates_are_refused_where_weights_are_fitted()
    {
        EffectData plain = SimulatedPanel.Create(45, 5, 10, 2);
        EffectData data = new(plain.Outcomes, plain.TreatmentPeriods, FeatureMatrix.FromArray(new double[,] { { 1 }, { 4 }, { 2 }, { 5 }, { 3 }, { 6 } }));
        InvalidInputException fault = Assert.Throws<InvalidInputException>(() => Run(data, EffectMethod.Simplex, EffectInference.JackknifePlus, demean: false));
        Assert.Equal("InferenceWithCovariates", fault.ErrorId);
        Assert.Equal(
            Run(plain, EffectMethod.DifferenceInDifferences, EffectInference.JackknifePlus, demean: false).Effect.Average.CiLow,
            Run(data, EffectMethod.DifferenceInDifferences, EffectInference.JackknifePlus, demean: false).Effect.Average.CiLow);
    }

    private static EffectEstimate Run(EffectData data, EffectMethod method, EffectInference inference, bool demean) =>
        EffectEstimator.Run(data, new EffectOptions { Method = method, Inference = inference, Demean = demean, Level = 0.8 });

    private static double[] Effects(EffectData data, EffectMethod method, bool demean)
    {
        EffectOptions options = new() { Method = method, Demean = demean, CrossFitFolds = 1, AverageTreated = true };
        return [.. EffectEstimator.Run(data, options).Effect.PerPeriod.Select(value => value.Effect)];
    }

    // The period behind all others, as if it came after the treatment.
    private static EffectData Moved(EffectData data, int period)
    {
        int[] columns = [.. Enumerable.Range(0, data.Outcomes.Columns).Where(t => t != period), period];
        double[] values = [.. Enumerable.Range(0, data.Outcomes.Rows).SelectMany(row => columns.Select(t => data.Outcomes[row, t]))];
        return new EffectData(new FeatureMatrix(values, data.Outcomes.Rows, columns.Length), [.. data.TreatmentPeriods.Select(start => start - 1)]);
    }

    private static (double Low, double High) Ends(double[][] left, Func<double[], double> effectOf) => (
        Quantile([.. left.Select(row => effectOf(row) - Math.Abs(row[^1])).Order()], 0.1),
        Quantile([.. left.Select(row => effectOf(row) + Math.Abs(row[^1])).Order()], 0.9));

    // R's type 7.
    private static double Quantile(double[] sorted, double share)
    {
        double place = (sorted.Length - 1) * share;
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
