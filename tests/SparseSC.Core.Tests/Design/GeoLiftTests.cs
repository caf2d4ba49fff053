using System.Text.Json;
using SparseSC.Core.Design;
using static SparseSC.Core.Tests.Design.GeoLiftCase;

namespace SparseSC.Core.Tests.Design;

/// <summary>Power and market selection against GeoLift 2.7.5, whose weights stop at 1e-8.</summary>
public class GeoLiftTests
{
    [Theory]
    [InlineData("geolift-power-fe", true)]
    [InlineData("geolift-power-nofe", false)]
    public void Every_simulation_is_the_packages(string name, bool demean)
    {
        JsonElement expected = Outputs(name);
        PowerOptions options = new()
        {
            Durations = [10, 15],
            EffectSizes = [.. Enumerable.Range(-4, 10).Select(i => i * 5 / 100.0)],
            Lookback = 3,
            CostPerUnit = 7.5,
            Demean = demean,
        };
        PowerAnalysis analysis = PowerAnalysis.Run(Panel, [["portland", "chicago"]], options);
        PowerSimulation[] found = analysis.Simulations;
        Assert.Equal(Texts(expected, "location"), found.Select(row => string.Join(", ", row.Units)));
        Assert.Equal(Numbers(expected, "duration"), found.Select(row => (double)row.Duration));
        Assert.Equal(Numbers(expected, "treatment_start"), found.Select(row => (double)row.TreatmentStart));
        Near(Numbers(expected, "EffectSize"), found.Select(row => row.EffectSize), 1e-12);
        Near(Numbers(expected, "pvalue"), found.Select(row => row.PValue), 1e-12);
        Assert.Equal(Numbers(expected, "power"), found.Select(row => row.IsDetected ? 1.0 : 0));
        Near(Numbers(expected, "att_estimator"), found.Select(row => row.Att), OfOutcome(1e-5));
        Near(Numbers(expected, "detected_lift"), found.Select(row => row.Lift), 1e-6);
        Near(Numbers(expected, "ScaledL2Imbalance"), found.Select(row => row.ScaledImbalance), 1e-7);
        Near(Numbers(expected, "Investment"), found.Select(row => row.Investment), 1e-6);
    }

    [Fact]
    public void Market_selection_is_the_packages_ranks_included()
    {
        JsonElement expected = Outputs("geolift-marketselection");
        MarketSelection selection = MarketSelection.Run(Panel, Walkthrough(MarketRanking.GeoLift));
        JsonElement best = expected.GetProperty("best");
        Market[] markets = selection.Markets;
        Assert.Equal(Texts(best, "location"), markets.Select(Name));
        Assert.Equal(Numbers(best, "rank"), markets.Select(market => (double)market.Rank));
        Near(Numbers(best, "duration"), markets.Select(market => (double)market.Duration), 0);
        Near(Numbers(best, "EffectSize"), markets.Select(market => market.EffectSize), 1e-12);
        Near(Numbers(best, "Power"), markets.Select(market => market.Power), 1e-12);
        Near(Numbers(best, "AvgScaledL2Imbalance"), markets.Select(market => market.AverageScaledImbalance), 1e-7);
        Near(Numbers(best, "Investment"), markets.Select(market => market.Investment), 1e-6);
        Near(Numbers(best, "AvgATT"), markets.Select(market => market.AverageAtt), OfOutcome(1e-5));
        Near(Numbers(best, "Average_MDE"), markets.Select(market => market.AverageLift), 1e-6);
        Near(Numbers(best, "ProportionTotal_Y"), markets.Select(market => market.ShareOfOutcome), 1e-12);
        Near(Numbers(best, "abs_lift_in_zero"), markets.Select(market => market.LiftError), 1e-12);
        Near(Numbers(best, "Holdout"), markets.Select(market => market.Holdout), 1e-12);
        Near(Numbers(best, "correlation"), markets.Select(market => market.Correlation), 1e-12);
    }

    [Fact]
    public void Power_of_every_candidate_is_the_packages()
    {
        JsonElement expected = Outputs("geolift-marketselection").GetProperty("curves");
        PowerRow[] rows = [.. MarketSelection.Run(Panel, Walkthrough(MarketRanking.Power)).Curves.OrderBy(row => string.Join(", ", row.Units), StringComparer.Ordinal)];
        Assert.Equal(Texts(expected, "location"), rows.Select(row => string.Join(", ", row.Units)));
        Near(Numbers(expected, "EffectSize"), rows.Select(row => row.EffectSize), 1e-12);
        Assert.Equal(Numbers(expected, "power"), rows.Select(row => row.Power));
        Near(Numbers(expected, "AvgScaledL2Imbalance"), rows.Select(row => row.AverageScaledImbalance), 1e-7);
        Near(Numbers(expected, "Investment"), rows.Select(row => row.Investment), 1e-6);
        Near(Numbers(expected, "AvgATT"), rows.Select(row => row.AverageAtt), OfOutcome(1e-5));
        Near(Numbers(expected, "AvgDetectedLift"), rows.Select(row => row.AverageLift), 1e-6);
    }

    [Fact]
    public void Similar_units_stand_in_the_packages_order()
    {
        DesignPanel panel = new(Panel);
        bool[] all = [.. Enumerable.Repeat(true, panel.Units)];
        string[][] expected = [.. Outputs("geolift-marketselection").GetProperty("similarityRows").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(name => name.GetString()!).ToArray())];
        Assert.Equal(expected, new Similarity(panel).Rows(all).Select(panel.Names));
    }

    private static MarketOptions Walkthrough(MarketRanking ranking) => new()
    {
        Durations = [10],
        Sizes = [2, 3],
        EffectSizes = [0, 0.05, 0.1, 0.15, 0.2],
        IncludeUnits = ["chicago"],
        CostPerUnit = 7.5,
        Budget = 100000,
        Ranking = ranking,
    };

    private static string Name(Market market) => string.Join(", ", market.Units);
}
