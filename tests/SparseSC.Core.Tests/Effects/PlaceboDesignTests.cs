using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Placebos of several treated units are on the scale of their mean effect.</summary>
public class PlaceboDesignTests
{
    private const EffectMethod Did = EffectMethod.DifferenceInDifferences;

    [Theory]
    [InlineData(EffectMethod.Fast)]
    [InlineData(EffectMethod.Simplex)]
    [InlineData(Did)]
    public void The_scale_makes_no_difference_to_one_treated_unit(EffectMethod method)
    {
        EffectData data = SimulatedPanel.Create(21, 24, 12, 4);
        Assert.Equal(Values(Run(data, method)), Values(Run(data, method, options => options.PlaceboScale = PlaceboScale.None)));
    }

    /// <summary>
    /// By hand, for 2 of 10 controls and equal weights: v(T) = (ι₁ + ι₂)/2 − 1/10 of every control, v(S) = ½(1 − 1/9) on both of a set and −1/9 on
    /// the eight others, q² = ½·(1 + 1/10) and ½·(1 + 1/9).
    /// </summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Placebos_of_equal_weights_are_multiplied_as_by_hand(int? crossFit)
    {
        EffectData data = SimulatedPanel.Create(22, 10, 12, 4, treated: 2);
        EffectEstimate scaled = Run(data, Did, options => options.CrossFitFolds = crossFit);

        // The stack of the reference has every control twice; these are the same sets.
        int[][] sets = [.. from i in Enumerable.Range(0, 10) from j in Enumerable.Range(i + 1, 9 - i) select new[] { i, j }];
        EffectEstimate plain = Run(data, Did, options =>
        {
            options.CrossFitFolds = crossFit;
            options.PlaceboScale = PlaceboScale.None;
            options.Combinations = new RecordedCombinations { PreFit = sets, Effect = sets, ScaledEffect = sets, Match = [sets] };
        });
        double treated = Math.Sqrt((0.5 + 0.1) / (0.5 * 1.1));
        double controls = Math.Sqrt(((2 * 0.25 * 64 / 81) + (8.0 / 81)) / (0.5 * 10 / 9));
        Assert.Equal(45, scaled.Effect.PlaceboCount);
        Assert.True(scaled.Effect.Exhaustive);
        Close.Equal(HalfWidth(plain.Effect.Average) * treated / controls, HalfWidth(scaled.Effect.Average), 1e-12, "average");
        Close.Equal(HalfWidth(plain.PreFit.PerPeriod[3]) * treated / controls, HalfWidth(scaled.PreFit.PerPeriod[3]), 1e-12, "pre-period");
        Close.Equal(HalfWidth(plain.ScaledEffect!.Average) * treated / controls, HalfWidth(scaled.ScaledEffect!.Average), 1e-12, "scaled");
        Close.Equal(HalfWidth(plain.Effect.Rms), HalfWidth(scaled.Effect.Rms), 1e-12, "a size is compared as it is");
    }

    /// <summary>Windows of 3 that start 1 apart share 2 columns: the norm of the mean counts the donors' noise in these twice.</summary>
    [Fact]
    public void A_treated_unit_in_each_of_two_cohorts_is_two_treated_units()
    {
        EffectData data = SimulatedPanel.Create(23, 16, 10, 5, treated: 2);
        int?[] periods = [.. data.TreatmentPeriods];
        periods[1] = 11;
        EffectData staggered = new(data.Outcomes, periods);
        EffectEstimate scaled = Run(staggered, Did, options => options.PostPeriods = 3);
        EffectEstimate plain = Run(staggered, Did, options =>
        {
            options.PostPeriods = 3;
            options.PlaceboScale = PlaceboScale.None;
        });
        Assert.Equal(10000, scaled.Effect.PlaceboCount);
        Assert.False(scaled.Effect.Exhaustive);
        Assert.Equal(plain.Effect.Average.Effect, scaled.Effect.Average.Effect);

        // Unit 1 is treated too early to be a control of unit 0's window. Both means hold −1/16 of the same donors.
        double single = Math.Sqrt(2 * 17 / 16.0 / (2 * 17 / 16.0));
        double mean = Math.Sqrt(((2 * 3 * 17 / 16.0) + (2 * 2 / 16.0)) / (2 * 17 / 16.0)) / 3;
        Assert.Equal(1, single);
        Assert.InRange(HalfWidth(scaled.Effect.Average) / HalfWidth(plain.Effect.Average), 0.85 * mean * Math.Sqrt(3), 1.3 * mean * Math.Sqrt(3));
    }

    [Theory]
    [InlineData(EffectMethod.Simplex, 3, 4)]
    [InlineData(EffectMethod.Fast, 7, 9)]
    [InlineData(Did, 3, 4)]
    public void More_treated_units_than_controls_can_be_judged(EffectMethod method, int controls, int treated)
    {
        EffectEstimate estimate = Run(SimulatedPanel.Create(24, controls, 10, 4, treated, effect: 9), method, options => options.CrossFitFolds = EffectOptions.HoldOutEach);
        double sets = Math.Pow(controls, treated);
        Assert.Equal(Math.Min(10000, sets), estimate.Effect.PlaceboCount);
        Assert.Equal(sets <= 10000, estimate.Effect.Exhaustive);
        Assert.InRange(estimate.Effect.Average.Effect, 6, 12);
        Assert.Contains(estimate.Warnings, warning => warning.Contains($"{treated} treated units are compared with {controls} controls", StringComparison.Ordinal));
    }

    [Fact]
    public void The_case_of_four_treated_and_three_controls_is_estimated()
    {
        EffectEstimate estimate = Run(CasePanels.Read("S12-fewer-controls", "R00", "R01", "R02", "R03"), EffectMethod.Simplex);
        Assert.Equal(3, estimate.Periods[0].ControlUnits.Length);
        Assert.True(double.IsFinite(estimate.Effect.Average.CiLow));
        Assert.Contains(estimate.Warnings, warning => warning.Contains("4 treated units are compared with 3 controls", StringComparison.Ordinal));

        // 3 controls in each of 4 places: no more than 81 sets, of which those that cancel are left out, and no p-value below one of them.
        Assert.True(estimate.Effect.Exhaustive);
        Assert.InRange(estimate.Effect.PlaceboCount, 60, 81);
        Assert.True(estimate.Effect.Average.PValue >= 1.0 / 82);
        Assert.Equal(Math.Round(estimate.Effect.Average.PValue * (estimate.Effect.PlaceboCount + 1)), estimate.Effect.Average.PValue * (estimate.Effect.PlaceboCount + 1), 1e-9);
    }

    [Fact]
    public void Doses_turn_placebos_as_they_turn_effects()
    {
        EffectData data = SimulatedPanel.Create(25, 30, 12, 4, treated: 2, effect: 3);
        EffectEstimate plain = Run(data, Did, options => options.Seed = 4);
        double[] doses = [.. Enumerable.Range(0, 32).Select(i => i < 2 ? -2 : double.NaN)];
        EffectEstimate dosed = Run(data, Did, options => options.Doses = doses);
        Close.Equal(plain.Effect.Average.Effect / -2, dosed.Effect.Average.Effect, 1e-12, "effect");
        Close.Equal(plain.Effect.Average.CiHigh / -2, dosed.Effect.Average.CiLow, 1e-12, "interval");
        Close.Equal(plain.Effect.Rms.PValue, dosed.Effect.Rms.PValue, 1e-14, "p of the root mean square");

        // Different doses: it matters which control stands in for whom, so sets are drawn in order.
        doses[1] = 5;
        EffectEstimate unequal = Run(data, Did, options => options.Doses = doses);
        Assert.False(unequal.Effect.Exhaustive);
        Assert.True(double.IsFinite(unequal.Effect.Average.CiLow));
    }

    [Fact]
    public void All_placebos_can_be_asked_for_where_they_can_be_counted()
    {
        EffectData data = SimulatedPanel.Create(26, 24, 10, 4, treated: 3);
        Assert.Equal(2024, Run(data, Did, options => options.MaxPlacebos = 0).Effect.PlaceboCount);
        EffectData few = SimulatedPanel.Create(26, 5, 10, 4, treated: 3);
        Assert.Equal(125, Run(few, Did, options => options.MaxPlacebos = 0).Effect.PlaceboCount);
        double[] doses = [.. Enumerable.Range(0, 8).Select(i => i + 1.0)];
        Action<EffectOptions> unequal = options => (options.MaxPlacebos, options.Doses) = (0, doses);
        Assert.Equal("TooManyPlacebos", Assert.Throws<InvalidInputException>(() => Run(few, Did, unequal)).ErrorId);
    }

    /// <summary>As they are, placebos of 15 among 40 controls give intervals that hold the truth in 87 of 100 panels.</summary>
    [Fact]
    public void Intervals_of_many_treated_units_hold_the_truth()
    {
        const int Panels = 300;
        EffectValue[] values = [.. Enumerable.Range(0, Panels).AsParallel().AsOrdered().Select(seed =>
            Run(SimulatedPanel.Create(7000 + seed, 40, 10, 3, treated: 15), Did, options => (options.MaxPlacebos, options.MaxDegreeOfParallelism) = (1000, 1)).Effect.Average)];

        // 3.5 standard errors below .95.
        Assert.InRange(SimulationSummary.Of(values, truth: 0).Coverage, 0.906, 1);
    }

    /// <summary>The unit's noise, not its effect, is what differs; p of the scaled effect allows for that.</summary>
    [Fact]
    public void A_treated_unit_unlike_the_controls_is_warned_of()
    {
        EffectData data = SimulatedPanel.Create(27, 40, 20, 5);
        System.Random random = new(27);
        double[] values = [.. data.Outcomes.Values];
        for (int t = 0; t < 25; t++)
        {
            values[t] += 8 * (random.NextDouble() - 0.5);
        }

        EffectEstimate noisy = Run(new EffectData(new(values, 41, 25), data.TreatmentPeriods), EffectMethod.Fast);
        Assert.InRange(noisy.PreFit.Rms.PValue, 0, 0.05);
        string warning = Assert.Single(noisy.Warnings, warning => warning.Contains("matched worse before the treatment", StringComparison.Ordinal));
        Assert.Contains("Judge by scaledEffect", warning, StringComparison.Ordinal);
        Assert.Contains($"p = {noisy.ScaledEffect!.Average.PValue.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)}.", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Run(data, EffectMethod.Fast).Warnings, warning => warning.Contains("matched worse before the treatment", StringComparison.Ordinal));
    }

    /// <summary>Compared with sets of controls, 15 treated units of 55 looked unlike them in 15 of 100 such panels, 25 of 35 in 26.</summary>
    [Theory]
    [InlineData(15, 40)]
    [InlineData(25, 10)]
    public void Several_treated_units_like_the_controls_are_seldom_warned_of(int treated, int controls)
    {
        const int Panels = 400;
        double share = Enumerable.Range(0, Panels).AsParallel().Average(seed =>
            Run(SimulatedPanel.Create(9000 + seed, controls, 10, 3, treated), Did, options => (options.MaxPlacebos, options.MaxDegreeOfParallelism) = (100, 1))
                .Warnings.Any(warning => warning.Contains("matched worse before the treatment", StringComparison.Ordinal)) ? 1.0 : 0);

        // .05 and 3.5 standard errors on either side.
        Assert.InRange(share, 0.012, 0.088);
    }

    [Fact]
    public void Several_noisy_treated_units_are_warned_of()
    {
        EffectData data = SimulatedPanel.Create(29, 30, 20, 5, treated: 5);
        System.Random random = new(29);
        double[] values = [.. data.Outcomes.Values];
        for (int i = 0; i < 5 * 25; i++)
        {
            values[i] += 6 * (random.NextDouble() - 0.5);
        }

        EffectEstimate noisy = Run(new EffectData(new(values, 35, 25), data.TreatmentPeriods), EffectMethod.Simplex);
        Assert.Contains(noisy.Warnings, warning => warning.Contains("The treated units are matched worse before the treatment", StringComparison.Ordinal));
    }

    private static double HalfWidth(EffectValue value) => (value.CiHigh - value.CiLow) / 2;

    private static string Values(EffectEstimate estimate) =>
        JsonSerializer.Serialize(new[] { estimate.PreFit, estimate.Effect, estimate.ScaledEffect! }.Select(inference => new { inference.PerPeriod, inference.Average, inference.Rms }));

    private static EffectEstimate Run(EffectData data, EffectMethod method, Action<EffectOptions>? set = null)
    {
        EffectOptions options = new() { Method = method };
        set?.Invoke(options);
        return EffectEstimator.Run(data, options);
    }
}
