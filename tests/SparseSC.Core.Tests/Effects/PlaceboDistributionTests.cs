using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Placebo statistics against the reference, and what must hold for any differences.</summary>
public class PlaceboDistributionTests
{
    private const double Exact = 1e-12;

    public static TheoryData<int> Results => [.. Enumerable.Range(0, 30)];

    [Theory]
    [MemberData(nameof(Results))]
    public void Statistics_equal_the_reference(int index)
    {
        ReferenceCase reference = new("placebo-stats");
        JsonElement expected = reference.Outputs.GetProperty("results")[index];
        string data = expected.GetProperty("data").GetString()!;
        PlaceboInference actual = PlaceboDistribution.Compute(
            reference.Matrix($"control_{data}.csv").ToArray(),
            reference.Matrix($"treated_{data}.csv").ToArray(),
            new PlaceboOptions
            {
                MaxPlacebos = expected.GetProperty("max_n_pl").GetInt32(),
                Level = expected.GetProperty("level").GetDouble(),
                Asymmetric = !expected.GetProperty("sym_CI").GetBoolean(),
                Interval = IntervalRule.Reference,
                Scale = PlaceboScale.None,
            });
        EffectComparison.Same(expected, actual, Exact);
        Assert.True(actual.Exhaustive);
    }

    /// <summary>By hand: one treated unit, four placebos; those as large as the effect count against it, whatever their sign.</summary>
    [Fact]
    public void Placebos_as_large_as_the_effect_count()
    {
        PlaceboInference actual = PlaceboDistribution.Compute(
            new double[,] { { -2, 1 }, { 2, 2 }, { 1, 1 }, { 3, 0 } }, new double[,] { { 2, 2 } }, new PlaceboOptions { Level = 0.5 });

        Assert.Equal((3 + 1) / 5.0, actual.PerPeriod[0].PValue);
        Assert.Equal((1 + 1) / 5.0, actual.PerPeriod[1].PValue);
        Assert.Equal((1 + 1) / 5.0, actual.Average.PValue);
        Assert.Equal((2 + 1) / 5.0, actual.Rms.PValue);
    }

    [Fact]
    public void Results_do_not_depend_on_threads_and_repeat_with_the_seed()
    {
        double[,] controls = Differences(3, 40, 5);
        double[,] treated = Differences(4, 3, 5);
        PlaceboOptions one = new() { MaxPlacebos = 2000, Seed = 7, MaxDegreeOfParallelism = 1 };
        PlaceboOptions many = new() { MaxPlacebos = 2000, Seed = 7, MaxDegreeOfParallelism = 4 };
        PlaceboOptions other = new() { MaxPlacebos = 2000, Seed = 8 };
        string first = JsonSerializer.Serialize(PlaceboDistribution.Compute(controls, treated, one));
        Assert.Equal(first, JsonSerializer.Serialize(PlaceboDistribution.Compute(controls, treated, many)));
        Assert.NotEqual(first, JsonSerializer.Serialize(PlaceboDistribution.Compute(controls, treated, other)));
    }

    [Fact]
    public void Drawn_placebos_approach_all_of_them()
    {
        double[,] controls = Differences(5, 30, 4);
        double[,] treated = Differences(6, 3, 4);
        PlaceboInference all = PlaceboDistribution.Compute(controls, treated, new PlaceboOptions { MaxPlacebos = 0 });
        PlaceboInference drawn = PlaceboDistribution.Compute(controls, treated, new PlaceboOptions { MaxPlacebos = 4000 });
        Assert.Equal(4060, all.PlaceboCount);
        Assert.Equal(4000, drawn.PlaceboCount);
        Assert.False(drawn.Exhaustive);

        // Four standard errors of a share estimated from 4000 draws.
        Assert.InRange(drawn.Average.PValue, all.Average.PValue - 0.032, all.Average.PValue + 0.032);
        Assert.InRange(drawn.Rms.PValue, all.Rms.PValue - 0.032, all.Rms.PValue + 0.032);
    }

    [Fact]
    public void Fewer_controls_than_treated_units_is_an_error_without_replacement()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => PlaceboDistribution.Compute(Differences(1, 2, 3), Differences(2, 3, 3), new PlaceboOptions { Scale = PlaceboScale.None }));
        Assert.Equal("TooFewPlacebos", error.ErrorId);
    }

    [Fact]
    public void More_combinations_than_memory_is_an_error()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => PlaceboDistribution.Compute(Differences(1, 300, 2), Differences(2, 6, 2), new PlaceboOptions { MaxPlacebos = 0 }));
        Assert.Equal("TooManyPlacebos", error.ErrorId);
    }

    private static double[,] Differences(int seed, int rows, int columns)
    {
        System.Random random = new(seed);
        double[,] result = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                result[i, j] = random.NextDouble() - 0.5;
            }
        }

        return result;
    }
}
