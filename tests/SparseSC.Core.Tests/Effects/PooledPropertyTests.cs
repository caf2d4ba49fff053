using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>What must hold for partially pooled synthetic control whatever the data.</summary>
public class PooledPropertyTests
{
    private const int Units = 20;
    private const int Times = 14;

    [Theory]
    [InlineData(PooledBy.Unit)]
    [InlineData(PooledBy.Cohort)]
    public void Shift_scale_order_and_duplicates_do_not_matter(PooledBy by)
    {
        double[,] outcomes = Outcomes();
        int?[] periods = Staggered();
        EffectEstimate plain = Run(outcomes, periods, by);
        double[,] moved = Change(outcomes, (i, t, x) => x + (5 * i) + (t * t));
        double[,] scaled = Change(outcomes, (_, _, x) => 100 * x);
        int[] turned = [.. Enumerable.Range(0, Units).Reverse()];
        int[] doubled = [0, .. Enumerable.Range(0, Units)];
        Same(plain, Run(moved, periods, by), 1, 1e-8);
        Same(plain, Run(scaled, periods, by), 100, 1e-6);
        Same(plain, Run(MatrixRows.Rows(outcomes, turned), [.. turned.Select(i => periods[i])], by), 1, 1e-8);
        EffectEstimate twice = Run(MatrixRows.Rows(outcomes, doubled), [.. doubled.Select(i => periods[i])], by);
        Assert.Equal(plain.Effect.Average.Effect, twice.Effect.Average.Effect, 1e-6);
    }

    [Fact]
    public void One_treated_unit_is_a_simplex_of_deviations_with_every_control_as_placebo()
    {
        int?[] periods = [.. Enumerable.Range(0, Units).Select(i => i == 19 ? 9 : (int?)null)];
        EffectEstimate pooled = Run(Outcomes(), periods, PooledBy.Unit, EffectInference.Placebo);
        EffectData data = new(FeatureMatrix.FromArray(Outcomes()), periods);
        EffectEstimate simplex = EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex, Demean = true });
        Assert.Equal(simplex.Effect.Average.Effect, pooled.Effect.Average.Effect, 1e-8);
        Assert.Equal(simplex.Effect.Average.PValue, pooled.Effect.Average.PValue);
        Assert.Equal(19, pooled.Effect.PlaceboCount);
        Assert.True(pooled.Effect.Exhaustive);
        Assert.Equal(simplex.Synthetic[3, 12], pooled.Synthetic[3, 12], 1e-8);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void A_jackknife_of_few_treated_units_is_warned_of(int treated, bool isWarned)
    {
        int?[] periods = [.. Enumerable.Range(0, Units).Select(i => i < treated ? 9 : (int?)null)];
        EffectEstimate estimate = Run(Outcomes(), periods, PooledBy.Unit, EffectInference.Jackknife);
        Assert.Equal(isWarned, estimate.Warnings.Any(warning => warning.Contains("the jackknife's standard error says little", StringComparison.Ordinal)));
    }

    [Fact]
    public void Threads_do_not_change_a_bit_and_several_treated_units_have_drawn_placebos()
    {
        EffectEstimate[] estimates = [.. new[] { 1, 3 }.Select(threads => Run(Outcomes(), Staggered(), PooledBy.Unit, EffectInference.Placebo, options =>
        {
            options.MaxDegreeOfParallelism = threads;
            options.Resampling.Replications = 30;
        }))];
        Assert.Equal(30, estimates[0].Effect.PlaceboCount);
        Assert.Equal(estimates[0].Effect.PerPeriod.Select(value => value.CiLow), estimates[1].Effect.PerPeriod.Select(value => value.CiLow));
        Assert.NotNull(estimates[0].ScaledEffect);
        Assert.InRange(estimates[0].Effect.Average.Effect, 1, 3);
    }

    [Fact]
    public void More_pooling_matches_the_mean_better_and_units_worse()
    {
        PoolingSummary[] fits = [.. new double[] { 0, 0.5, 1 }.Select(nu =>
            Run(Outcomes(), Staggered(), PooledBy.Unit, EffectInference.Jackknife, options => options.Pooled.Nu = nu).Pooling!)];
        Assert.True(fits[0].GlobalL2 >= fits[1].GlobalL2 && fits[1].GlobalL2 >= fits[2].GlobalL2);
        Assert.True(fits[0].IndividualL2 <= fits[1].IndividualL2 && fits[1].IndividualL2 <= fits[2].IndividualL2);
    }

    [Fact]
    public void A_file_holds_all_of_it()
    {
        EffectEstimate estimate = Run(Outcomes(), Staggered(), PooledBy.Cohort);
        using MemoryStream stream = new();
        EffectJson.Write(stream, estimate);
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(stream.ToArray());
        EffectEstimate read = EffectJsonReader.Read(document.RootElement, "test");
        Assert.Equal(estimate.Pooling!.Nu, read.Pooling!.Nu);
        Assert.Equal(estimate.Effect.Average.StandardError, read.Effect.Average.StandardError);
        Assert.Equal(estimate.Periods[0].Fit.Weights, read.Periods[0].Fit.Weights);
    }

    [Fact]
    public void Constant_outcomes_have_no_effect()
    {
        foreach (EffectInference inference in new[] { EffectInference.Placebo, EffectInference.Jackknife })
        {
            EffectEstimate estimate = Run(new double[Units, Times], Staggered(), PooledBy.Unit, inference);
            Assert.Equal(0, estimate.Effect.Average.Effect);
            Assert.Equal(0, estimate.Effect.Average.StandardError);
        }
    }

    [Fact]
    public void What_cannot_be_used_is_said()
    {
        Assert.Equal("OptionOutOfRange", Refused(options => options.Pooled.Nu = 1.5));
        Assert.Equal("OptionOutOfRange", Refused(options => options.Pooled.Leads = 0));
        Assert.Equal("OptionOutOfRange", Refused(options => options.Pooled.Lags = 0));
        Assert.Equal("DosesOfAverage", Refused(options => options.Doses = new double[Units]));
        Assert.Equal("InferenceNotAvailable", Refused(options => options.Inference = EffectInference.Conformal));
        int?[] most = [.. Enumerable.Range(0, Units).Select(i => i < 8 ? (int?)null : 9)];
        Assert.Equal("TooFewControls", Assert.Throws<InvalidInputException>(() => Run(Outcomes(), most, PooledBy.Unit, EffectInference.Placebo)).ErrorId);
        Assert.True(Run(Outcomes(), most, PooledBy.Unit).Effect.Average.StandardError > 0);
        int?[] early = [.. Enumerable.Range(0, Units).Select(i => i == 19 ? 1 : (int?)null)];
        Assert.Equal("TooFewPrePeriods", Assert.Throws<InvalidInputException>(() => Run(Outcomes(), early, PooledBy.Unit)).ErrorId);
    }

    private static string Refused(Action<EffectOptions> set) =>
        Assert.Throws<InvalidInputException>(() => Run(Outcomes(), Staggered(), PooledBy.Unit, EffectInference.Jackknife, set)).ErrorId;

    private static void Same(EffectEstimate plain, EffectEstimate other, double scale, double tolerance)
    {
        Assert.Equal(scale * plain.Effect.Average.Effect, other.Effect.Average.Effect, tolerance * scale);
        Assert.Equal(scale * plain.Effect.Average.StandardError!.Value, other.Effect.Average.StandardError!.Value, tolerance * scale);
        Assert.Equal(plain.Pooling!.Nu, other.Pooling!.Nu, 1e-8);
    }

    private static EffectEstimate Run(
        double[,] outcomes, int?[] periods, PooledBy by, EffectInference inference = EffectInference.Jackknife, Action<EffectOptions>? set = null)
    {
        EffectOptions options = new() { Method = EffectMethod.PartiallyPooled, Inference = inference, Pooled = new PooledOptions { By = by } };
        set?.Invoke(options);
        return EffectEstimator.Run(new EffectData(FeatureMatrix.FromArray(outcomes), periods), options);
    }

    private static int?[] Staggered() => [.. Enumerable.Range(0, Units).Select(i => i < 14 ? (int?)null : i < 17 ? 8 : 10)];

    private static double[,] Change(double[,] outcomes, Func<int, int, double, double> change)
    {
        double[,] result = (double[,])outcomes.Clone();
        for (int i = 0; i < Units; i++)
        {
            for (int t = 0; t < Times; t++)
            {
                result[i, t] = change(i, t, result[i, t]);
            }
        }

        return result;
    }

    // The effect is 2.
    private static double[,] Outcomes() => Change(new double[Units, Times], (i, t, _) =>
        (i % 5) + Math.Sin(t + (i % 3)) + (0.3 * i * t / Times) + (((i * 7919) + (t * 104729) + (i * t * 31)) % 1000 / 800.0)
            + (Staggered()[i] is int start && t >= start ? 2 : 0));
}
