using System.Text.RegularExpressions;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Text;

namespace SparseSC.Plots.Tests;

public class TextPictureTests
{
    private static readonly Lazy<EffectEstimate> California = new(() => EffectEstimator.Run(Panel(), new EffectOptions { Method = EffectMethod.Simplex }));

    public static TheoryData<PlotKind, int, int> Cases
    {
        get
        {
            TheoryData<PlotKind, int, int> cases = [];
            foreach (PlotKind kind in Picture.Kinds(new EffectEstimate()).Except([PlotKind.CrossValidation]))
            {
                cases.Add(kind, 40, 10);
                cases.Add(kind, 120, 30);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_kind_fits_the_window(PlotKind kind, int columns, int lines)
    {
        string[] text = TextPicture.Draw(California.Value, kind, (columns, lines), hasColour: false, new PlotOptions());
        Assert.InRange(text.Length, 4, lines);
        Assert.All(text, line => Assert.InRange(line.Length, 0, columns));
        Assert.DoesNotContain(text, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_stand_where_the_values_are()
    {
        string[] text = TextPicture.Draw(California.Value, null, (80, 22), hasColour: false, new PlotOptions());
        Assert.Contains("California", text[0], StringComparison.Ordinal);
        string[] rows = [.. text.Where(line => line.Contains('┤', StringComparison.Ordinal))];

        // From 128 packs, the most there were, to 41.6 at the bottom right.
        Assert.StartsWith("128", rows[0].Trim(), StringComparison.Ordinal);
        Assert.StartsWith("41.6", rows[^1].Trim(), StringComparison.Ordinal);
        Assert.Matches("[\u2801-\u28FF]\\s*$", rows[^1]);
        Assert.Contains(text, line => line.Contains("1970", StringComparison.Ordinal) && line.TrimEnd().EndsWith("2000", StringComparison.Ordinal));
        Assert.Equal("── observed  ╌╌ synthetic", text[^1]);
    }

    [Fact]
    public void Colours_come_where_they_are_wanted_and_take_no_room()
    {
        string[] plain = TextPicture.Draw(California.Value, null, (80, 22), hasColour: false, new PlotOptions());
        string[] coloured = TextPicture.Draw(California.Value, null, (80, 22), hasColour: true, new PlotOptions());
        Assert.Contains(coloured, line => line.Contains("\u001b[0;94m", StringComparison.Ordinal));
        Assert.Equal(plain, coloured.Select(line => Regex.Replace(line, "\u001b\\[[0-9;]*m", "").TrimEnd('\u2800', ' ')));
        Assert.All(coloured, line => Assert.Equal("\u001b[0m", Regex.Matches(line, "\u001b\\[[0-9;]*m").LastOrDefault()?.Value ?? "\u001b[0m"));
    }

    [Fact]
    public void Bars_are_as_long_as_their_values()
    {
        string[] text = TextPicture.Draw(California.Value, PlotKind.UnitWeights, (60, 22), hasColour: false, new PlotOptions());
        (string Name, double Value, int Length)[] bars =
        [
            .. text[1..]
                .Select(line => Regex.Match(line, "^(\\S.*?) +([0-9.]+) (█*)"))
                .Where(match => match.Success)
                .Select(match => (match.Groups[1].Value, double.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), match.Groups[3].Length)),
        ];
        UnitWeightRow[] rows = [.. EffectRows.UnitWeights(California.Value)];
        Assert.Equal(rows.Select(row => row.Donor), bars.Select(bar => bar.Name));
        Assert.All(bars, bar => Assert.Equal(bars[0].Length * bar.Value / bars[0].Value, bar.Length, 1.5));
    }

    [Fact]
    public void Tests_are_drawn_by_their_own_kind()
    {
        EffectData data = EffectData.FromPanel(Panel());
        EffectOptions simplex = new() { Method = EffectMethod.Simplex };
        LeaveOneOutTest donors = LeaveOneOutTest.Run(data, simplex);
        Assert.EndsWith("── without a donor  ── all donors", TextPicture.Draw(donors, null, (80, 22), false, new PlotOptions())[^1], StringComparison.Ordinal);
        TimePlacebo time = TimePlacebo.Run(data, simplex, [5, 10]);
        Assert.EndsWith("── from 1975  ── from 1980", TextPicture.Draw(time, null, (80, 22), false, new PlotOptions())[^1], StringComparison.Ordinal);
    }

    private static Panel Panel() => PanelReader.Read(
        RepositoryFiles.Sample("california_prop99.csv"),
        new PanelOptions { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989" });
}
