using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;

namespace SparseSC.Core.Tests.Design;

/// <summary>Outcomes of GeoLift's walkthrough, and what GeoLift 2.7.5 makes of them (tests/data/rivals).</summary>
internal static class GeoLiftCase
{
    public static EffectData Panel { get; } = EffectData.FromPanel(PanelReader.Read(
        Path.Combine(RepositoryFiles.Root, "samples", "geolift_pretest.csv"),
        new PanelOptions { Unit = "location", Time = "date", Outcome = "Y" }));

    public static JsonElement Outputs(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "data", "rivals", name, "outputs.json"))).RootElement;

    public static double[] Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    public static string[] Texts(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];

    /// <summary>Every number within an absolute distance.</summary>
    public static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] found = [.. actual];
        Assert.Equal(expected.Count(), found.Length);
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance));
    }

    /// <summary>Mean outcome of Chicago and Portland, about 2,900, times a share.</summary>
    public static double OfOutcome(double share) => 2900 * share;
}
