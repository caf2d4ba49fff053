using System.Globalization;
using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Inputs and outputs of another package, from tests/data/rivals (its README says which).</summary>
internal sealed class RivalCase
{
    private readonly string _folder;

    public RivalCase(string name)
    {
        _folder = Path.Combine(RepositoryFiles.Root, "tests", "data", "rivals", name);
        Outputs = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "outputs.json"))).RootElement;
        JsonElement about = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "case.json"))).RootElement;
        double[][] rows = [.. File.ReadLines(Path.Combine(_folder, "Y.csv"))
            .Where(line => line.Length > 0)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        string adopt = Path.Combine(_folder, "adopt.csv");
        int?[] periods = File.Exists(adopt)
            ? [.. File.ReadAllLines(adopt).Take(rows.Length).Select(line => line.Length == 0 ? (int?)null : int.Parse(line, CultureInfo.InvariantCulture))]
            : [.. rows.Select((_, row) => row < about.GetProperty("N0").GetInt32() ? (int?)null : about.GetProperty("T0").GetInt32())];
        Data = new EffectData(
            new FeatureMatrix([.. rows.SelectMany(row => row)], rows.Length, rows[0].Length, [.. rows.Select((_, row) => $"u{row}")], null), periods);
    }

    public EffectData Data { get; }

    public JsonElement Outputs { get; }

    public static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    /// <summary>A list; what is not available is <c>NaN</c>.</summary>
    public static double[] Numbers(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN)];

    public static int[][] Draws(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(draw => draw.EnumerateArray().Select(index => index.GetInt32()).ToArray())];

    /// <summary>Relative to the largest of the expected numbers.</summary>
    public static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * scale));
    }
}
