using SparseSC.Core.Data;
using SparseSC.Core.Design;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Design;

public class PowerAnalysisTests
{
    private static readonly string[] Test = ["u1", "u4"];

    // The same weights, found on outcomes instead of their products, and the same residuals permuted by other code.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_simulation_is_the_conformal_estimate_of_an_effect(bool demean)
    {
        EffectData data = Simulated(20, 40);
        PowerOptions options = Options(6, 0.02, 1);
        options.Demean = demean;
        PowerAnalysis analysis = PowerAnalysis.Run(data, [Test], options);
        foreach (PowerSimulation simulation in analysis.Simulations)
        {
            int end = simulation.TreatmentStart - 1 + simulation.Duration;
            double[] lifted = data.Outcomes.Values.ToArray();
            foreach (int unit in new[] { 1, 4 })
            {
                for (int t = simulation.TreatmentStart - 1; t < end; t++)
                {
                    lifted[(unit * 40) + t] *= 1 + simulation.EffectSize;
                }
            }

            EffectData treated = new EffectData(new FeatureMatrix(lifted, 20, 40, data.Outcomes.RowNames, null), new int?[20])
                .Until(end, [.. Enumerable.Range(0, 20).Select(unit => unit is 1 or 4 ? simulation.TreatmentStart - 1 : (int?)null)]);
            EffectEstimate estimate = EffectEstimator.Run(treated, new EffectOptions
            {
                Method = EffectMethod.Simplex, Inference = EffectInference.Conformal, AverageTreated = true, CrossFitFolds = 1, Demean = demean,
            });
            Assert.Equal(estimate.Effect.Average.Effect, simulation.Att, 1e-7);
            Assert.Equal(estimate.Effect.Rms.PValue, simulation.PValue, 1e-12);
            Assert.Equal(estimate.Effect.Relative!.Effect, simulation.Lift, 1e-8);
        }
    }

    [Theory]
    [InlineData(ConformalPermutations.Block)]
    [InlineData(ConformalPermutations.Iid)]
    public void Threads_change_no_bit(ConformalPermutations permutations)
    {
        MarketOptions Options(int threads) => new()
        {
            Durations = [4, 6],
            Sizes = [1, 2],
            Lookback = 2,
            Conformal = new ConformalOptions { Permutations = permutations, Draws = 50 },
            MaxDegreeOfParallelism = threads,
        };
        PowerRow[] one = MarketSelection.Run(Simulated(15, 30), Options(1)).Curves;
        PowerRow[] four = MarketSelection.Run(Simulated(15, 30), Options(4)).Curves;
        Assert.Equal(one.Select(row => (row.Power, row.AverageAtt, row.AverageScaledImbalance)), four.Select(row => (row.Power, row.AverageAtt, row.AverageScaledImbalance)));
    }

    [Fact]
    public void Order_and_names_of_units_do_not_matter()
    {
        EffectData data = Simulated(20, 40);
        int[] order = [.. Enumerable.Range(0, 20).Reverse()];
        PowerAnalysis straight = PowerAnalysis.Run(data, [Test], Options(6, 0.1, 2));
        PowerAnalysis reversed = PowerAnalysis.Run(data.Select(order), [Test], Options(6, 0.1, 2));
        Assert.Equal(straight.Simulations.Select(row => row.PValue), reversed.Simulations.Select(row => row.PValue));
        Assert.All(straight.Simulations.Zip(reversed.Simulations), pair => Assert.Equal(pair.First.Att, pair.Second.Att, 1e-9));
    }

    // Other cells are treated, too, and cannot show what would have been.
    [Fact]
    public void A_cell_is_no_donor_of_another()
    {
        EffectData data = Simulated(20, 40);
        PowerAnalysis both = PowerAnalysis.Run(data, [Test, ["u2"]], Options(6, 0.1, 2));
        EffectData without = data.Select([.. Enumerable.Range(0, 20).Where(unit => unit != 2)]);
        PowerAnalysis alone = PowerAnalysis.Run(without, [Test], Options(6, 0.1, 2));
        Assert.Equal(alone.Simulations.Select(row => row.PValue), both.Simulations.Where(row => row.Units.Length == 2).Select(row => row.PValue));
        Assert.Equal(["u2"], both.Detectable[1].Units);
    }

    [Fact]
    public void A_one_sided_test_looks_for_the_simulated_sign()
    {
        PowerOptions options = Options(6, 0.3, 1);
        options.Side = TestSide.OneSided;
        options.EffectSizes = [-0.3, 0, 0.3];
        double[] p = [.. PowerAnalysis.Run(Simulated(20, 40), [Test], options).Simulations.Select(row => row.PValue)];
        Assert.Equal(1 / 40.0, p[0], 1e-12);
        Assert.Equal(1 / 40.0, p[2], 1e-12);
    }

    // GeoLift takes the smallest negative effect less 1 for "no negative effect", which larger positive ones exceed.
    [Fact]
    public void Effects_above_one_hundred_percent_are_detectable()
    {
        PowerOptions options = Options(6, 1, 1);
        options.EffectSizes = [1.5, 2];
        Assert.Equal(1.5, PowerAnalysis.Run(Simulated(20, 40), [Test], options).Detectable[0].EffectSize);
    }

    [Fact]
    public void Donors_that_match_perfectly_show_no_effect_of_nothing()
    {
        EffectData data = Simulated(6, 20);
        double[] values = data.Outcomes.Values.ToArray();
        values.AsSpan(0, 20).CopyTo(values.AsSpan(20));
        PowerOptions options = Options(4, 0.1, 1);
        options.EffectSizes = [0, 0.5];
        PowerSimulation[] found = PowerAnalysis.Run(
            new EffectData(new FeatureMatrix(values, 6, 20, data.Outcomes.RowNames, null), new int?[6]), [["u0"]], options).Simulations;
        Assert.Equal(1, found[0].PValue);
        Assert.Equal(0, found[0].ScaledImbalance);
        Assert.Equal(0.05, found[1].PValue, 1e-12);
    }

    [Fact]
    public void A_cancelled_analysis_stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => PowerAnalysis.Run(Simulated(20, 40), [Test], Options(6, 0.1, 2), null, source.Token));
    }

    [Theory]
    [InlineData("TestUnitUnknown", "unknown", 6, 1, 0.1)]
    [InlineData("PeriodsTooFew", "u1", 36, 4, 0.1)]
    [InlineData("OptionOutOfRange", "u1", 6, 0, 0.1)]
    [InlineData("OptionOutOfRange", "u1", 0, 1, 0.1)]
    [InlineData("OptionOutOfRange", "u1", 6, 1, 1.0)]
    public void What_cannot_be_simulated_is_named(string id, string unit, int duration, int lookback, double alpha)
    {
        PowerOptions options = Options(duration, 0.1, lookback);
        options.Alpha = alpha;
        Assert.Equal(id, Assert.Throws<InvalidInputException>(() => PowerAnalysis.Run(Simulated(20, 40), [[unit]], options)).ErrorId);
    }

    [Fact]
    public void A_treated_panel_is_refused()
    {
        EffectData data = Simulated(20, 40);
        EffectData treated = new(data.Outcomes, [.. Enumerable.Range(0, 20).Select(unit => unit == 0 ? 30 : (int?)null)]);
        Assert.Equal("PanelHasTreatment", Assert.Throws<InvalidInputException>(() => PowerAnalysis.Run(treated, [Test], Options(6, 0.1, 1))).ErrorId);
    }

    [Fact]
    public void All_units_cannot_be_treated() =>
        Assert.Equal("NoDonor", Assert.Throws<InvalidInputException>(() => PowerAnalysis.Run(Simulated(2, 40), [["u0", "u1"]], Options(6, 0.1, 1))).ErrorId);

    private static PowerOptions Options(int duration, double effect, int lookback) =>
        new() { Durations = [duration], EffectSizes = [-effect, 0, effect, 2 * effect], Lookback = lookback };

    /// <summary>Units u0, u1, … of a level, two common factors and noise.</summary>
    internal static EffectData Simulated(int units, int times)
    {
        Random random = new(11);
        double[][] factors = [.. Enumerable.Range(0, times).Select(t => new[] { Math.Sin(t / 5.0), random.NextDouble() })];
        double[] values = new double[units * times];
        for (int unit = 0; unit < units; unit++)
        {
            double level = 50 + (50 * random.NextDouble());
            double first = 10 * random.NextDouble();
            double second = 10 * random.NextDouble();
            for (int t = 0; t < times; t++)
            {
                values[(unit * times) + t] = level + (first * factors[t][0]) + (second * factors[t][1]) + random.NextDouble();
            }
        }

        return new EffectData(new FeatureMatrix(values, units, times, [.. Enumerable.Range(0, units).Select(unit => $"u{unit}")], null), new int?[units]);
    }
}
