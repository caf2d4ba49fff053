using System.Text.Json;
using SparseSC.Numerics.Random;

namespace SparseSC.Numerics.Tests;

/// <summary>Random draws and folds against numpy and scikit-learn, exactly.</summary>
public class ShuffledKFoldTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(
        Path.Combine(RepositoryFiles.Root, "tests", "data", "reference", "kfold", "outputs.json"))).RootElement;

    [Fact]
    public void Folds_equal_scikit_learn()
    {
        int checks = 0;
        foreach (JsonElement fold in Reference.GetProperty("kfold").EnumerateArray())
        {
            int[][] expected = [.. fold.GetProperty("test_folds").EnumerateArray().Select(Integers)];
            int[][] actual = ShuffledKFold.TestFolds(fold.GetProperty("n").GetInt32(), fold.GetProperty("n_splits").GetInt32(), fold.GetProperty("seed").GetUInt32());
            Assert.Equal(expected, actual);
            checks++;
        }

        Assert.True(checks >= 8);
    }

    [Fact]
    public void Shuffles_equal_numpy()
    {
        foreach (JsonElement shuffle in Reference.GetProperty("shuffles").EnumerateArray())
        {
            int[] items = [.. Enumerable.Range(0, shuffle.GetProperty("n").GetInt32())];
            new MersenneTwister(shuffle.GetProperty("seed").GetUInt32()).Shuffle(items);
            Assert.Equal(Integers(shuffle.GetProperty("permutation_RandomState_shuffle_arange")), items);
        }
    }

    [Fact]
    public void Raw_draws_equal_numpy()
    {
        foreach (JsonElement raw in Reference.GetProperty("raw").EnumerateArray())
        {
            MersenneTwister generator = new(raw.GetProperty("seed").GetUInt32());
            Assert.Equal(raw.GetProperty("first_10_uint32").EnumerateArray().Select(e => e.GetUInt32()), Enumerable.Range(0, 10).Select(_ => generator.NextUInt32()));
        }
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(3, 4)]
    public void Impossible_folds_are_refused(int rows, int folds)
        => Assert.Throws<ArgumentOutOfRangeException>(() => ShuffledKFold.TestFolds(rows, folds, 1));

    private static int[] Integers(JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetInt32())];
}
