using System.Text.RegularExpressions;

namespace SparseSC.Cli.Tests;

/// <summary>Defaults fit six controls and say so once; what an error advises works.</summary>
public sealed partial class SmallPanelTests
{
    private const string CrossFits = "There are 6 controls for the units treated from 2011 on: --cross-fit-folds 6 in place of 10.";
    private const string Folds = "There are 6 control units: --cv-folds 6 in place of 10 and --gradient-folds 5 in place of 10.";

    private static string[] Six => Panel("S24-small-donor-pool");

    [Fact]
    public void S24DefaultsShrinkToTheControlsThereAre()
    {
        Assert.Equal([Folds], AboutFolds(CliRun.Of(["fit", .. Six]).Expect(0)));
        Assert.Equal([CrossFits], AboutFolds(CliRun.Of(["effects", .. Six]).Expect(0)));
        Assert.Equal([CrossFits, Folds], AboutFolds(CliRun.Of(["effects", "--joint", "--grid-length", "3", .. Six]).Expect(0)));
        Assert.Empty(AboutFolds(CliRun.Of(["effects", "--unit-weight", "simplex", .. Six]).Expect(0)));
    }

    [Theory]
    [InlineData("fit", "--cv-folds", "--cv-folds 10 needs at least 10 control units; there are 6. Give a smaller --cv-folds.")]
    [InlineData("effects", "--cross-fit-folds", "--cross-fit-folds 10 needs at least 10 controls; there are 6")]
    public void ANumberThatWasAskedForIsNotShrunk(string verb, string option, string message) =>
        Assert.Contains(message, CliRun.Of([verb, .. Six, option, "10"]).Expect(2).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--w-pen", "0")]
    [InlineData("--w-pen", "0", "--v-pen", "1")]
    [InlineData("--w-pen", "1e-12", "--v-pen", "1")]
    public void S19ThePenaltyThatAnErrorAdvisesWorks(params string[] penalties)
    {
        string[] panel = Panel("S19-w-pen-zero");
        CliRun refused = CliRun.Of(["fit", .. panel, .. penalties]).Expect(1);
        Match advice = Advice().Match(refused.Error);
        Assert.True(advice.Success, refused.Error);
        CliRun run = CliRun.Of(["fit", .. panel, "--w-pen", advice.Groups[1].Value, .. penalties[2..]]).Expect(0);
        Assert.Equal(16, run.Json.GetProperty("predictions").GetArrayLength());
    }

    [Theory]
    [InlineData("zeros", 5.119275140052926)]
    [InlineData("duplicate donor", 5.119275140052926)]
    [InlineData("duplicate of the treated unit", 0)]
    public void SimplexWeightsDoWithUnitsThatSayNothingNew(string kind, double effect)
    {
        using TempFolder folder = new();
        string[] lines = File.ReadAllLines(RepositoryFiles.Case("S03-week-labels", "panel.csv"));
        string[] more = kind switch
        {
            "zeros" => [.. new[] { "Z1", "Z2" }.SelectMany(unit => Enumerable.Range(1, 14).Select(week => $"{unit},Week {week},0"))],
            "duplicate donor" => [.. lines.Where(line => line.StartsWith("R01,", StringComparison.Ordinal)).Select(line => $"Copy of {line}")],
            _ => [.. lines.Where(line => line.StartsWith("R00,", StringComparison.Ordinal)).Select(line => $"Copy of {line}")],
        };
        string path = folder.Write("p.csv", string.Join('\n', [.. lines, .. more]) + "\n");
        CliRun run = CliRun.Of(
            "effects", "--panel", path, "--unit", "unit", "--time", "time", "--outcome", "y", "--treated-unit", "R00", "--treatment-time", "Week 11",
            "--unit-weight", "simplex", "--quiet").Expect(0);
        Assert.Equal(effect, run.Json.GetProperty("effect").GetProperty("average").GetProperty("effect").GetDouble(), 1e-9);
    }

    private static string[] AboutFolds(CliRun run) =>
        [.. run.Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!).Where(warning => warning.Contains("in place of", StringComparison.Ordinal))];

    private static string[] Panel(string name) =>
    [
        "--panel", RepositoryFiles.Case(name, "panel.csv"), "--unit", "unit", "--time", "time", "--outcome", "y",
        "--treated-unit", "R00", "--treatment-time", "2011", "--quiet",
    ];

    [GeneratedRegex(@"With these data --w-pen (\S+) works; without --w-pen one is chosen\.")]
    private static partial Regex Advice();
}
