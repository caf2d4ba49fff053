using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Standard errors from leaving out units, where every treated unit has its own fit.</summary>
public class UnitJackknifeTests
{
    [Theory]
    [InlineData(EffectMethod.Simplex, 1)]
    [InlineData(EffectMethod.DifferenceInDifferences, 1)]
    [InlineData(EffectMethod.Lasso, 2)]
    [InlineData(EffectMethod.Ridge, 2)]
    [InlineData(EffectMethod.LeastSquares, 1)]
    [InlineData(EffectMethod.Fast, 1)]
    [InlineData(EffectMethod.Fast, 2)]
    public void It_is_the_spread_of_estimates_without_each_unit(EffectMethod method, int treated)
    {
        EffectData data = SimulatedPanel.Create(31, 6, 14, 3, treated, effect: 2);
        EffectEstimate estimate = EffectEstimator.Run(data, Options(method, EffectInference.Jackknife));
        int units = data.Outcomes.Rows;
        EffectValue[][] without = [.. Enumerable.Range(treated > 1 ? 0 : 1, treated > 1 ? units : units - 1).Select(left => Values(Without(data, left), method))];
        EffectValue[] whole = Values(data, method);
        EffectValue[] found = [.. estimate.Effect.PerPeriod, estimate.Effect.Average];
        for (int t = 0; t < whole.Length; t++)
        {
            double[] estimates = [.. without.Select(values => values[t].Effect)];
            double mean = estimates.Average();
            double error = Math.Sqrt((units - 1.0) / units * estimates.Sum(effect => (effect - mean) * (effect - mean)));
            Assert.Equal(whole[t].Effect, found[t].Effect, 1e-9);
            Assert.Equal(error, found[t].StandardError!.Value, 1e-8);
            Assert.Equal(found[t].Effect - (1.2815515655446004 * error), found[t].CiLow, 1e-7);
        }

        Assert.Equal((EffectInference.Jackknife, "jackknife"), (estimate.Inference, estimate.Effect.Method));
        Assert.Equal(3 * estimate.Effect.Average.StandardError!.Value, estimate.Effect.Cumulative!.StandardError!.Value, 1e-9);
        Assert.Null(estimate.ScaledEffect);
    }

    [Fact]
    public void Effects_of_several_times_lose_the_units_of_one()
    {
        EffectData data = SimulatedPanel.Create(32, 6, 12, 5, treated: 3);
        EffectData staggered = new(data.Outcomes, [12, 12, 14, .. new int?[6]]);
        EffectOptions options = Options(EffectMethod.Simplex, EffectInference.Jackknife);
        EffectEstimate estimate = EffectEstimator.Run(staggered, options);
        double[] averages = [.. Enumerable.Range(0, 9).Select(left =>
            Values(Without(staggered, left), EffectMethod.Simplex, estimate.PrePeriods, estimate.PostPeriods)[^1].Effect)];
        double mean = averages.Average();
        Assert.Equal(
            Math.Sqrt(8.0 / 9 * averages.Sum(effect => (effect - mean) * (effect - mean))), estimate.Effect.Average.StandardError!.Value, 1e-9);
        Assert.Equal(9, estimate.Effect.PlaceboCount);
        Assert.Equal(["0", "1", "2"], estimate.Effect.PerPeriod.Select(value => value.Time));
    }

    [Fact]
    public void Doses_divide_and_threads_change_no_bit()
    {
        EffectData data = SimulatedPanel.Create(33, 6, 10, 2, treated: 2);
        EffectOptions options = Options(EffectMethod.Ridge, EffectInference.Jackknife);
        double plain = EffectEstimator.Run(data, options).Effect.Average.StandardError!.Value;
        options.MaxDegreeOfParallelism = 3;
        Assert.Equal(plain, EffectEstimator.Run(data, options).Effect.Average.StandardError);
        options.Doses = [4, 4, .. Enumerable.Repeat(double.NaN, 6)];
        Assert.Equal(plain / 4, EffectEstimator.Run(data, options).Effect.Average.StandardError!.Value, 1e-12);
    }

    [Fact]
    public void The_joint_fit_has_one()
    {
        EffectOptions options = Options(EffectMethod.Joint, EffectInference.Jackknife);
        options.Joint.GridLength = 3;
        EffectEstimate estimate = EffectEstimator.Run(SimulatedPanel.Create(34, 6, 8, 2), options);
        Assert.True(estimate.Effect.Average.StandardError > 0);
        Assert.Equal(6, estimate.Effect.PlaceboCount);
    }

    [Fact]
    public void Two_controls_are_too_few()
    {
        InvalidInputException fault = Assert.Throws<InvalidInputException>(() =>
            EffectEstimator.Run(SimulatedPanel.Create(35, 2, 8, 2), Options(EffectMethod.Simplex, EffectInference.Jackknife)));
        Assert.Equal("TooFewControls", fault.ErrorId);
    }

    private static EffectOptions Options(EffectMethod method, EffectInference inference) => new() { Method = method, Inference = inference, Level = 0.8 };

    private static EffectValue[] Values(EffectData data, EffectMethod method, int? pre = null, int? post = null)
    {
        EffectOptions options = new() { Method = method, CrossFitFolds = 1, PrePeriods = pre, PostPeriods = post };
        PlaceboInference effect = EffectEstimator.Run(data, options).Effect;
        return [.. effect.PerPeriod, effect.Average];
    }

    private static EffectData Without(EffectData data, int left)
    {
        int[] rows = [.. Enumerable.Range(0, data.Outcomes.Rows).Where(row => row != left)];
        double[] values = [.. rows.SelectMany(row => data.Outcomes.Row(row).ToArray())];
        return new EffectData(new FeatureMatrix(values, rows.Length, data.Outcomes.Columns), [.. rows.Select(row => data.TreatmentPeriods[row])]);
    }
}
