using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Effects that a conformal test does not reject need not be one interval.</summary>
public class ConformalSetTests
{
    [Fact]
    public void Gaps_between_effects_not_rejected_are_found()
    {
        EffectInterval[] found = TestInversion.Accepted(0.3, 1, 60, 0.05, h => h is (>= -1 and <= 1) or (>= 2 and <= 3) or (>= 20 and <= 29) ? 0.5 : 0.01);
        Assert.Equal(3, found.Length);
        double[] ends = [.. found.SelectMany(interval => new[] { interval.Low, interval.High })];
        double[] expected = [-1, 1, 2, 3, 20, 29];
        for (int i = 0; i < ends.Length; i++)
        {
            Assert.Equal(expected[i], ends[i], 1e-6);
        }
    }

    [Fact]
    public void No_effect_is_always_tried()
    {
        EffectInterval[] found = TestInversion.Accepted(50, 1, 60, 0.05, h => Math.Abs(h) < 0.001 || Math.Abs(h - 50) < 2 ? 0.5 : 0.01);
        Assert.Equal(2, found.Length);
        Assert.True(found[0].Low <= 0 && found[0].High >= 0);
        Assert.Equal(52, found[1].High, 1e-6);
    }

    [Fact]
    public void What_is_not_rejected_far_out_has_no_end()
    {
        EffectInterval only = Assert.Single(TestInversion.Accepted(3, 1, 60, 0.05, h => h > -7 ? 0.2 : 0.01));
        Assert.Equal(-7, only.Low, 1e-6);
        Assert.Equal(double.PositiveInfinity, only.High);
        Assert.Empty(TestInversion.Accepted(3, 1, 60, 0.05, _ => 0.01));
    }

    [Theory]
    [InlineData(ConformalPermutations.Block, false)]
    [InlineData(ConformalPermutations.Iid, false)]
    [InlineData(ConformalPermutations.Block, true)]
    public void No_effect_outside_the_ends_is_rejected(ConformalPermutations permutations, bool demean)
    {
        int outside = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            EffectData data = SimulatedPanel.Create(900 + seed, 8, 20, 3, effect: seed % 4);
            ConformalTest test = ConformalTest.Run(data, new ConformalOptions { Permutations = permutations, Draws = 200, Level = 0.9, Demean = demean });
            foreach (EffectValue value in test.PerPeriod.Append(test.Average))
            {
                if (value.CiLow > 0 || value.CiHigh < 0)
                {
                    Assert.InRange(value.PValue, 0, 0.1 + 1e-9);
                    outside++;
                }

                EffectInterval[] parts = value.Intervals!;
                Assert.Equal((value.CiLow, value.CiHigh), (parts[0].Low, parts[^1].High));
                Assert.All(parts, part => Assert.True(part.Low <= part.High, part.ToString()));
                Assert.All(parts.Zip(parts[1..]), pair => Assert.True(pair.First.High < pair.Second.Low, $"{pair.First} {pair.Second}"));
            }
        }

        Assert.InRange(outside, 5, 47);
    }

    [Theory]
    [InlineData(0.95, true)]
    [InlineData(0, false)]
    public void Autocorrelated_residuals_are_warned_of(double persistence, bool isWarned)
    {
        System.Random random = new(5);
        double[] values = new double[6 * 60];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (i % 60 == 0 ? 0 : persistence * values[i - 1]) + random.NextDouble() - 0.5;
        }

        EffectData data = new(new FeatureMatrix(values, 6, 60), [50, null, null, null, null, null]);
        ConformalTest test = ConformalTest.Run(data, new ConformalOptions());
        Assert.Equal(isWarned, test.Warnings.Any(warning => warning.StartsWith("Residuals are autocorrelated", StringComparison.Ordinal)));
        Assert.Equal(isWarned, test.ResidualAutocorrelation > 0.4);
    }

    [Fact]
    public void A_perfect_match_is_no_matter_of_rounding()
    {
        double[] values = [.. Enumerable.Range(0, 5 * 12).Select(i => 60 + Math.Sin(i % 12))];
        ConformalTest test = ConformalTest.Run(new EffectData(new FeatureMatrix(values, 5, 12), [9, null, null, null, null]), new ConformalOptions());
        Assert.Equal(1, test.JointPValue);
        Assert.Equal(1, test.Average.PValue);
    }
}
