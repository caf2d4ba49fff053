using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary>Times as people write them give the effect of the same panel with years.</summary>
public sealed class TimeTests : IDisposable
{
    private const double Effect = 5.1192751400528085;

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string[]> Spellings => new()
    {
        { "Week {0}", [] },
        { "{0}/11/2020", ["--time-format", "d/M/yyyy"] },
        { "{0:00}.11.2020", ["--time-format", "dd.MM.yyyy"] },
        { "11/{0}/2020", ["--time-format", "M/d/yyyy"] },
        { "2020-W{0:00}", [] },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void TheOrderOfTimesIsRight(string spelling, string[] options)
    {
        CliRun run = Run(spelling, options).Expect(0);
        JsonElement effect = run.Json.GetProperty("effect").GetProperty("average").GetProperty("effect");
        Assert.Equal(Effect, effect.GetDouble(), 1e-8);
        Assert.Equal(10, run.Json.GetProperty("prePeriods").GetInt32());
        Assert.Equal(string.Format(null, spelling, 11), run.Json.GetProperty("times")[10].GetString());
    }

    [Theory]
    [InlineData("11/{0}/2020", "--time-format 'M/d/yyyy' would read all of them")]
    [InlineData("{0}-Nov-20", "--time-format 'd-MMM-yy' would read all of them")]
    [InlineData("no {0} of 14", "Give --time-format (such as dd/MM/yyyy, M/d/yyyy or MMM yyyy, with --culture for names of months), or number the times in order.")]
    public void TextWhoseOrderIsNotKnownNamesTheWayOut(string spelling, string wayOut)
    {
        CliRun run = Run(spelling).Expect(2);
        Assert.Contains($"The order of the times in --time 'time' is not known, for example '{string.Format(null, spelling, 1)}' for unit 'R00'", run.Error, StringComparison.Ordinal);
        Assert.Contains(wayOut, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATimeThatAGivenFormatDoesNotReadIsNamed()
    {
        Assert.Contains(
            "--time 'time' is '13/11/2020' for unit 'R00' (",
            Run("{0}/11/2020", "--time-format", "M/d/yyyy").Expect(2).Error,
            StringComparison.Ordinal);
        Assert.Contains("--culture 'xx' is not known.", Run("{0}/11/2020", "--time-format", "d/M/yyyy", "--culture", "xx").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PlaceboTimesAreReadAsTheTimesOfThePanel()
    {
        string[] panel = Panel("Week {0}");
        CliRun run = CliRun.Of(["placebo", "--kind", "time", "--placebo-times", "week 06", .. panel, "--unit-weight", "simplex", "--quiet"]).Expect(0);
        Assert.Contains("\"placeboTime\":\"Week 6\"", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "--placebo-times: there is no time 'Month 6'; times go from Week 1 to Week 14.",
            CliRun.Of(["placebo", "--kind", "time", "--placebo-times", "Month 6", .. panel]).Expect(2).Error,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private CliRun Run(string spelling, params string[] options) =>
        CliRun.Of(["effects", .. Panel(spelling), "--unit-weight", "simplex", "--quiet", .. options]);

    private string[] Panel(string spelling)
    {
        string text = File.ReadAllText(RepositoryFiles.Case("S03-week-labels", "panel.csv"));
        for (int week = 14; week >= 1; week--)
        {
            text = text.Replace($",Week {week},", $",{string.Format(null, spelling, week)},", StringComparison.Ordinal);
        }

        return
        [
            "--panel", _folder.Write("p.csv", text), "--unit", "unit", "--time", "time", "--outcome", "y",
            "--treated-unit", "R00", "--treatment-time", string.Format(null, spelling, 11),
        ];
    }
}
