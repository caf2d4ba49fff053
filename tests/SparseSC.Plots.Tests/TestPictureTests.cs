using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;

namespace SparseSC.Plots.Tests;

/// <summary>Sums of effects, and pictures of tests.</summary>
public class TestPictureTests
{
    private static readonly EffectOptions Simplex = new() { Method = EffectMethod.Simplex };
    private static readonly Lazy<EffectEstimate> California = new(() => EffectEstimator.Run(Panel(), Simplex));

    [Fact]
    public void Sums_end_in_the_cumulative_effect_and_its_interval()
    {
        EffectEstimate estimate = California.Value;
        EffectValue[] path = CumulativePath.Of(estimate);
        EffectValue first = estimate.Effect.PerPeriod[0];
        EffectValue total = estimate.Effect.Cumulative!;

        Assert.Equal(estimate.Effect.PerPeriod.Select(value => value.Time), path.Select(value => value.Time));
        Assert.Equal(first.Effect, path[0].Effect, 1e-9);
        Assert.Equal(first.CiHigh, path[0].CiHigh, 1e-9);
        Assert.Equal(first.PValue, path[0].PValue);
        Assert.Equal(total.Effect, path[^1].Effect, 1e-9);
        Assert.Equal(total.CiLow, path[^1].CiLow, 1e-9);
        Assert.Equal(total.PValue, path[^1].PValue);
        Assert.All(path, value => Assert.InRange(value.Effect, value.CiLow, value.CiHigh));
    }

    [Fact]
    public void Sums_that_cannot_be_judged_alone_have_the_interval_of_the_total_at_the_end()
    {
        EffectEstimate conformal = EffectEstimator.Run(Panel(), new EffectOptions { Method = EffectMethod.Simplex, Inference = EffectInference.Conformal });
        EffectValue[] path = CumulativePath.Of(conformal);
        Assert.All(path[..^1], value => Assert.True(double.IsNaN(value.CiLow)));
        Assert.Equal(conformal.Effect.Cumulative!.CiLow, path[^1].CiLow);
        Assert.NotEmpty(new DrawnPicture(Picture.Draw(conformal, PlotKind.Cumulative, new PlotOptions())).Texts);
    }

    [Fact]
    public void A_line_sums_up()
    {
        DrawnPicture picture = new(Picture.Draw(California.Value, PlotKind.Cumulative, new PlotOptions()));
        Func<double, double> value = picture.VerticalScale();
        double pixel = Math.Abs(value(1) - value(0));
        (double X, double Y)[] line = picture.Lines("treated", 2).MaxBy(points => points.Length)!;
        Assert.All(CumulativePath.Of(California.Value).Zip(line), pair => Assert.InRange(value(pair.Second.Y) - pair.First.Effect, -pixel, pixel));
    }

    [Fact]
    public void Donors_left_out_have_a_path_each_also_from_a_file()
    {
        LeaveOneOutTest test = LeaveOneOutTest.Run(EffectData.FromPanel(Panel()), Simplex);
        using MemoryStream stream = new();
        EffectTestJson.Write(stream, test);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(stream.ToArray());
        string svg = Picture.Draw(test, null, new PlotOptions());
        Assert.Equal(svg, Picture.Draw(EffectTestFile.Read(json.RootElement, "test"), PlotKind.LeaveOneOut, new PlotOptions()));

        DrawnPicture picture = new(svg);
        Func<double, double> value = picture.VerticalScale();
        double pixel = Math.Abs(value(1) - value(0));
        (double X, double Y)[][] lines = [.. picture.Lines("control", .8).Where(line => line.Length > 2)];
        Assert.Equal(test.Rows.Length, lines.Length);
        Assert.All(test.Rows.Zip(lines), pair =>
            Assert.All(pair.First.PerPeriod.Zip(pair.Second), point => Assert.InRange(value(point.Second.Y) - point.First, -pixel, pixel)));
    }

    [Fact]
    public void Placebos_in_time_have_a_line_and_a_rule_each()
    {
        TimePlacebo test = TimePlacebo.Run(EffectData.FromPanel(Panel()), Simplex, [5, 10]);
        DrawnPicture picture = new(Picture.Draw(test, null, new PlotOptions()));
        Func<double, double> value = picture.VerticalScale();
        double pixel = Math.Abs(value(1) - value(0));
        (double X, double Y)[] second = picture.Lines("synthetic", 2).MaxBy(line => line.Length)!;
        double[] expected = [.. test.Estimates[1].PreFit.PerPeriod.Concat(test.Estimates[1].Effect.PerPeriod).Select(item => item.Effect)];
        Assert.Equal(expected.Length, second.Length);
        Assert.All(expected.Zip(second), pair => Assert.InRange(value(pair.Second.Y) - pair.First, -pixel, pixel));
        Assert.Contains(picture.Texts, text => text == "from 1975");
    }

    [Fact]
    public void What_a_result_has_no_picture_of_is_said_with_what_there_is()
    {
        SpacePlacebo space = SpacePlacebo.Run(EffectData.FromPanel(Panel()), Simplex);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Picture.Draw(space, PlotKind.Outcomes, new PlotOptions()));
        Assert.Equal("PlotKindUnlike", error.ErrorId);
        Assert.Contains("{Kind:Ratios}, {Kind:PlaceboGaps}, {Kind:PlaceboGapsPruned}", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            [PlotKind.Ratios, PlotKind.PlaceboGaps, PlotKind.PlaceboGapsPruned],
            Picture.Kinds(space).Where(kind => Picture.Draw(space, kind, new PlotOptions()).Length > 0));
        Assert.Equal(PlotKind.EventTime, Assert.Single(Picture.Kinds(new ConformalTest())));
        Assert.Throws<ArgumentException>(() => Picture.Kinds("text"));
    }

    private static Panel Panel() => PanelReader.Read(
        RepositoryFiles.Sample("california_prop99.csv"),
        new PanelOptions { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989" });
}
