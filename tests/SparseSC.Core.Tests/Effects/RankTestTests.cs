using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>p-value and interval are one decision, for any placebos, level and tails.</summary>
public class RankTestTests
{
    /// <summary>An estimate, its placebos and a level. Integers make ties; sizes make all of them positive.</summary>
    public sealed record Judged(double Effect, double[] Placebos, double Level, bool Asymmetric, bool IsSize);

    /// <summary>How FsCheck makes them.</summary>
    public static class Cases
    {
        /// <summary>Levels are usual ones, or such that α(n + 1) is an integer.</summary>
        public static Arbitrary<Judged> Judged() => Arb.From(
            from count in Gen.Choose(1, 120)
            from ties in Gen.Elements(true, false)
            from isSize in Gen.Elements(true, false)
            from asymmetric in Gen.Elements(true, false)
            from values in Gen.ArrayOf(Gen.Choose(-1000, 1000), count + 1)
            from level in Gen.OneOf(Gen.Elements(0.5, 0.8, 0.9, 0.95, 0.99), Gen.Choose(1, count).Select(j => 1 - (j / (count + 1.0))))
            let numbers = values.Select(value => ties ? value / 100 : value / 7.0).Select(value => isSize ? Math.Abs(value) : value).ToArray()
            select new Judged(2 * numbers[0], numbers[1..], level, asymmetric, isSize));
    }

    [Property(Arbitrary = [typeof(Cases)], MaxTest = 5000)]
    public void An_interval_leaves_out_0_exactly_when_p_is_at_most_1_minus_level(Judged given)
    {
        EffectValue value = RankTest.Judge(given.Effect, [.. given.Placebos], given.Level, given.Asymmetric, given.IsSize);
        Assert.Equal(value.PValue <= 1 - given.Level + 1e-9, value.CiLow > 0 || value.CiHigh < 0);
        Assert.InRange(value.PValue, RankTest.SmallestPValue(given.Placebos.Length, given.Asymmetric && !given.IsSize), 1);
    }

    /// <summary>A hypothesis is in the interval exactly when the test of the effect less the hypothesis does not reject.</summary>
    [Property(Arbitrary = [typeof(Cases)], MaxTest = 2000)]
    public void An_interval_of_a_signed_effect_holds_the_hypotheses_not_rejected(Judged given)
    {
        if (given.IsSize)
        {
            return;
        }

        EffectValue value = RankTest.Judge(given.Effect, [.. given.Placebos], given.Level, given.Asymmetric, false);
        foreach (double hypothesis in (ReadOnlySpan<double>)[-3.5, 0.25, 1.75, 12.5])
        {
            EffectValue shifted = RankTest.Judge(given.Effect - hypothesis, [.. given.Placebos], given.Level, given.Asymmetric, false);
            Assert.Equal(shifted.PValue > 1 - given.Level + 1e-9, value.CiLow <= hypothesis && hypothesis <= value.CiHigh);
        }
    }

    [Theory]
    [InlineData(39, 0.95, 2, 1)]
    [InlineData(39, 0.9, 4, 2)]
    [InlineData(38, 0.95, 1, 0)]
    [InlineData(19, 0.95, 1, 0)]
    [InlineData(18, 0.95, 0, 0)]
    public void Ranks_are_counted_on_integers(int placebos, double level, int rank, int tailRank) =>
        Assert.Equal((rank, tailRank), (RankTest.Rank(placebos, level), RankTest.TailRank(placebos, level)));

    /// <summary>By hand: 9 placebos at level .8 reject when at most one of them is as large as the effect.</summary>
    [Fact]
    public void A_tie_counts_against_the_effect()
    {
        double[] placebos = [1, -2, 3, -4, 5, -6, 7, -8, 9];
        Assert.Equal((0.2, 0.5), P(8.5));
        Assert.Equal((0.3, 0.0), P(8));
        Assert.Equal((0.2, -0.5), P(-8.5));

        (double P, double End) P(double effect)
        {
            EffectValue value = RankTest.Judge(effect, [.. placebos], 0.8, false, false);
            return (value.PValue, effect > 0 ? value.CiLow : value.CiHigh);
        }
    }

    /// <summary>7.4e14 was the "ratio" of such a unit, and 6 of 10 its rank.</summary>
    [Fact]
    public void A_unit_matched_but_for_rounding_has_no_ratio_and_no_rank()
    {
        EffectEstimate estimate = EffectEstimator.Run(CasePanels.Read("S05-perfect-match-ratio"), new EffectOptions { Method = EffectMethod.Simplex });
        RmspeRatio ratio = estimate.Periods[0].RmspeRatios[0];
        Assert.Equal((0.0, double.NaN, null, double.NaN), (ratio.PreRmspe, ratio.Ratio, ratio.Rank, ratio.PValue));
        Assert.Null(estimate.ScaledEffect);
        Assert.Contains(estimate.Warnings, warning => warning.Contains("matched perfectly for R00", StringComparison.Ordinal));
        SpacePlaceboRow row = SpacePlacebo.FromEstimate(estimate).Rows.Single(row => row.IsTreated);
        Assert.Equal((double.NaN, null, double.NaN), (row.Ratio, row.Rank, row.PValue));
        Assert.Equal(0, estimate.PreFit.Average.Effect);
        Assert.Equal(1, estimate.PreFit.Average.PValue);
    }

    [Fact]
    public void A_p_value_of_two_tails_belongs_to_the_interval_of_two_tails()
    {
        EffectOptions options = new() { Method = EffectMethod.Simplex, Level = 0.9, Asymmetric = true };
        EffectValue value = EffectEstimator.Run(CasePanels.Read("S21-asymmetric-p-vs-ci"), options).Effect.PerPeriod.Single(value => value.Time == "2013");
        Assert.Equal(1.4796356446153567, value.Effect, 1e-8);
        Assert.Equal(0.15, value.PValue, 1e-12);
        Assert.True(value.CiLow <= 0 && value.CiHigh >= 0, $"{value} leaves out 0");
    }

    [Fact]
    public void An_interval_that_too_few_placebos_cannot_give_has_no_ends()
    {
        EffectData data = CasePanels.Read("S23-interval-few-controls");
        EffectEstimate estimate = EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex });
        Assert.Equal(1 / 9.0, estimate.Effect.Average.PValue, 1e-12);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (estimate.Effect.Average.CiLow, estimate.Effect.Average.CiHigh));
        string warning = Assert.Single(estimate.Warnings, warning => warning.StartsWith("Intervals have no ends", StringComparison.Ordinal));
        Assert.Contains("with 8 placebos no p-value can be below 0.1111", warning, StringComparison.Ordinal);

        // At the level the warning names there are ends, and they are those of the test.
        EffectEstimate wider = EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex, Level = 0.888 });
        Assert.True(wider.Effect.Average.CiLow > 0, wider.Effect.Average.ToString());
        EffectEstimate reference = EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex, Interval = IntervalRule.Reference });
        Assert.Equal((4.565046773417636, 5.31968059875833), (reference.Effect.Average.CiLow, reference.Effect.Average.CiHigh));
    }

    [Fact]
    public void A_permutation_of_units_is_counted_as_by_hand()
    {
        EffectEstimate estimate = EffectEstimator.Run(CasePanels.Read("S06-placebo-permutation"), new EffectOptions { Method = EffectMethod.Simplex });
        Assert.Equal(0.1, estimate.Effect.Average.PValue, 1e-12);
        RmspeRatio ratio = estimate.Periods[0].RmspeRatios[0];
        Assert.Equal(17.004125917858925, ratio.Ratio, 1e-7);
        Assert.Equal((1, 10), (ratio.Rank, ratio.RankedUnits));
    }
}
