using SparseSC.Core.Design;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Design;

public class MarketSelectionTests
{
    [Fact]
    public void More_power_ranks_better_except_as_GeoLift_has_it()
    {
        Market[] Markets() => [New("a", 0.1, 0.9), New("b", 0.1, 1), New("c", 0.2, 1)];
        Assert.Equal(["b", "a", "c"], Rank(Markets(), MarketRanking.Power));
        Assert.Equal(["a", "b", "c"], Rank(Markets(), MarketRanking.GeoLift));
    }

    [Fact]
    public void Ranks_close_up_when_limits_leave_sets_out()
    {
        Market[] markets = [New("a", 0.1, 1), New("b", 0.1, 1), New("c", 0.2, 1), New("d", 0.3, 1)];
        markets[0].Investment = 10;
        markets[3].Holdout = 0.3;
        Market[] kept = MarketOrder.Rank(markets, new MarketOptions { Budget = 10, MinHoldout = 0.5 });
        Assert.Equal([("b", 1), ("c", 2)], kept.Select(market => (market.Units[0], market.Rank)));
    }

    [Fact]
    public void Excluded_units_stay_donors()
    {
        MarketOptions options = new() { Durations = [6], Sizes = [2], EffectSizes = [0.1], ExcludeUnits = ["u3"] };
        PowerRow[] without = MarketSelection.Run(PowerAnalysisTests.Simulated(12, 40), options).Curves;
        Assert.DoesNotContain(without, row => row.Units.Contains("u3"));
        PowerAnalysis alone = PowerAnalysis.Run(PowerAnalysisTests.Simulated(12, 40), [without[0].Units], options);
        Assert.Equal(alone.Curves[0].AverageAtt, without[0].AverageAtt);
    }

    [Fact]
    public void Every_set_has_the_units_asked_for()
    {
        MarketOptions options = new() { Durations = [6], Sizes = [3, 4], EffectSizes = [0.1], IncludeUnits = ["u5"] };
        Assert.All(MarketSelection.Run(PowerAnalysisTests.Simulated(12, 40), options).Curves, row => Assert.Contains("u5", row.Units));
    }

    [Fact]
    public void A_selection_without_a_detectable_effect_says_so()
    {
        MarketOptions options = new() { Durations = [6], Sizes = [1], EffectSizes = [0] };
        MarketSelection selection = MarketSelection.Run(PowerAnalysisTests.Simulated(12, 40), options);
        Assert.Empty(selection.Markets);
        Assert.Contains("No set detects an effect", Assert.Single(selection.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SizesMissing", 0, "u1", "u2")]
    [InlineData("OptionOutOfRange", 12, "u1", "u2")]
    [InlineData("TestUnitIncludedAndExcluded", 2, "u1", "u1")]
    [InlineData("TestUnitUnknown", 2, "u1", "nobody")]
    public void What_cannot_be_compared_is_named(string id, int size, string include, string exclude)
    {
        MarketOptions options = new() { Durations = [6], Sizes = size == 0 ? [] : [size], IncludeUnits = [include], ExcludeUnits = [exclude] };
        Assert.Equal(id, Assert.Throws<InvalidInputException>(() => MarketSelection.Run(PowerAnalysisTests.Simulated(12, 40), options)).ErrorId);
    }

    [Fact]
    public void Units_that_are_never_alike_are_no_set()
    {
        MarketOptions options = new() { Durations = [6], Sizes = [1], IncludeUnits = ["u1", "u2"] };
        Assert.Equal("NoCandidate", Assert.Throws<InvalidInputException>(() => MarketSelection.Run(PowerAnalysisTests.Simulated(12, 40), options)).ErrorId);
    }

    private static string[] Rank(Market[] markets, MarketRanking ranking) =>
        [.. MarketOrder.Rank(markets, new MarketOptions { Ranking = ranking }).Select(market => market.Units[0])];

    private static Market New(string unit, double effect, double power) => new() { Units = [unit], EffectSize = effect, Power = power, Holdout = 0.9 };
}
