using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>In-space, in-time, leave-one-out and conformal tests.</summary>
public class EffectTestTests
{
    private static readonly EffectOptions Simplex = new() { Method = EffectMethod.Simplex };

    /// <summary>facebookincubator/GeoLift's walkthrough: 5 of 105 cyclic shifts are as large.</summary>
    [Fact]
    public void GeoLift_has_the_published_conformal_p_value()
    {
        ConformalTest test = ConformalTest.Run(EffectData.FromPanel(PublishedPanels.GeoLift()), new ConformalOptions { Demean = true });
        Assert.Equal(155.555687, test.Average.Effect, 5e-7);
        Assert.Equal(105, test.PermutationCount);
        Close.Equal(5 / 105.0, test.JointPValue, 1e-14, "p");
        Assert.Equal(909.488539, test.PreRmspe * Math.Sqrt(90), 5e-7);
        Assert.Equal("conformal, cyclic shifts", test.Method);
        Assert.Equal(test.Average.PValue <= 0.05, test.Average.CiLow > 0 || test.Average.CiHigh < 0);
        Assert.InRange(test.Average.Effect, test.Average.CiLow, test.Average.CiHigh);
    }

    [Theory]
    [InlineData(ConformalPermutations.Block)]
    [InlineData(ConformalPermutations.Iid)]
    public void Conformal_intervals_invert_their_test(ConformalPermutations permutations)
    {
        EffectData data = SimulatedPanel.Create(21, 12, 30, 4, effect: 4);
        ConformalOptions options = new() { Permutations = permutations, Draws = 500, Level = 0.9 };
        ConformalTest test = ConformalTest.Run(data, options);
        Assert.True(test.Average.PValue <= 0.1, "The effect is overlooked.");
        Assert.True(test.Average.CiLow > 0);
        Assert.All(test.PerPeriod, value => Assert.True(value.CiLow <= value.Effect && value.Effect <= value.CiHigh, value.ToString()));

        // Moving the treated outcomes by the upper end puts 0 at the edge of the interval.
        EffectData moved = SimulatedPanel.Create(21, 12, 30, 4, effect: 4 - test.Average.CiHigh);
        ConformalTest edge = ConformalTest.Run(moved, options);
        Assert.Equal(0, edge.Average.CiHigh, 1e-3);
        Close.Equal(test.Average.PValue, ConformalTest.Run(data, options).Average.PValue, 1e-15, "seeded p");
    }

    [Fact]
    public void A_grid_of_effects_has_the_interval_between_those_not_rejected()
    {
        EffectData data = SimulatedPanel.Create(21, 12, 30, 4, effect: 4);
        ConformalTest exact = ConformalTest.Run(data, new ConformalOptions { Level = 0.9 });
        ConformalTest grid = ConformalTest.Run(data, new ConformalOptions { Level = 0.9, NullGrid = 2001 });
        double step = 4 * Math.Sqrt(exact.PerPeriod.Average(value => value.Effect * value.Effect)) / 2000;
        Assert.Equal(exact.Average.CiLow, grid.Average.CiLow, 1.01 * step);
        Assert.Equal(exact.Average.CiHigh, grid.Average.CiHigh, 1.01 * step);
        Assert.Equal(exact.Average.PValue, grid.Average.PValue);
        Assert.Null(grid.Average.Intervals);
        Assert.Equal("OptionOutOfRange", Assert.Throws<InvalidInputException>(() => ConformalTest.Run(data, new ConformalOptions { NullGrid = 1 })).ErrorId);
    }

    [Fact]
    public void Too_few_periods_leave_a_conformal_interval_open()
    {
        // Eight residuals cannot reject at 5 %: the smallest p-value is 1/8.
        ConformalTest test = ConformalTest.Run(SimulatedPanel.Create(22, 8, 7, 1, effect: 50), new ConformalOptions());
        Assert.Equal(1 / 8.0, test.Average.PValue, 1e-14);
        Assert.Equal(1 / 8.0, test.JointPValue, 1e-14);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (test.Average.CiLow, test.Average.CiHigh));
    }

    /// <summary>Under no effect and exchangeable noise, p-values of a single period are uniform on {1/n, …, 1}.</summary>
    [Fact]
    public void Conformal_p_values_are_uniform_without_an_effect()
    {
        double[] p = [.. Enumerable.Range(0, 100).Select(seed => ConformalTest.Run(SimulatedPanel.Create(300 + seed, 8, 24, 1), new ConformalOptions { MaxDegreeOfParallelism = 1 }).PerPeriod[0].PValue)];
        Assert.InRange(KolmogorovSmirnov.PValue(p), 0.01, 1);
    }

    [Fact]
    public void Dated_back_the_effect_of_California_is_gone()
    {
        TimePlacebo test = TimePlacebo.Run(PublishedPanels.California(), Simplex, [10, 13]);
        Assert.Equal(["1980", "1983"], test.PlaceboTimes);
        Assert.Equal("1989", test.TreatmentTime);
        EffectEstimate real = EffectEstimator.Run(PublishedPanels.California(), Simplex);
        Assert.All(test.Estimates, estimate =>
        {
            Assert.Equal("1988", estimate.Times[^1]);
            Assert.True(Math.Abs(estimate.Effect.Average.Effect) < Math.Abs(real.Effect.Average.Effect) / 3, estimate.ToString());
        });
        Assert.Equal("1980", Assert.Single(TimePlacebo.Run(PublishedPanels.California(), Simplex).PlaceboTimes));
        Assert.Equal("PlaceboTimeOutOfRange", Assert.Throws<InvalidInputException>(() => TimePlacebo.Run(PublishedPanels.California(), Simplex, [19])).ErrorId);
    }

    [Fact]
    public void Leaving_a_donor_out_is_estimating_without_it()
    {
        LeaveOneOutTest test = LeaveOneOutTest.Run(PublishedPanels.California(), Simplex);
        Assert.Equal(["Colorado", "Connecticut", "Montana", "Nevada", "New Hampshire", "Utah"], test.Rows.Select(row => row.Donor).Order());
        Assert.Equal(-19.513630, test.AverageEffect, 5e-7);
        LeaveOneOutRow utah = test.Rows.Single(row => row.Donor == "Utah");
        EffectData all = PublishedPanels.California();
        int[] rest = [.. Enumerable.Range(0, 39).Where(row => all.UnitName(row) != "Utah")];
        EffectEstimate without = EffectEstimator.Run(all.Select(rest), new EffectOptions { Method = EffectMethod.Simplex, CrossFitFolds = 1 });
        Close.Equal(without.Effect.Average.Effect, utah.AverageEffect, 1e-12, "effect without Utah");
        Close.Equal(.393908, utah.Weight, 2e-6, "weight");
        Assert.True(test.Lowest <= test.AverageEffect && test.AverageEffect <= test.Highest);
    }

    [Fact]
    public void In_space_every_unit_is_ranked_once()
    {
        SpacePlacebo test = SpacePlacebo.Run(PublishedPanels.California(), Simplex);
        Assert.Equal(39, test.Rows.Length);
        Assert.Equal(Enumerable.Range(1, 39), test.Rows.Select(row => row.Rank!.Value));
        SpacePlaceboRow california = Assert.Single(test.Rows, row => row.IsTreated);
        RmspeRatio ratio = Assert.Single(test.Estimate.Periods[0].RmspeRatios);
        Assert.Equal((ratio.Rank, ratio.PValue), (california.Rank, california.PValue));
        Close.Equal(ratio.Ratio, california.Ratio, 1e-12, "ratio");
        Close.Equal(test.Estimate.Effect.Average.Effect, california.AverageGap, 1e-12, "gap");
    }
}
