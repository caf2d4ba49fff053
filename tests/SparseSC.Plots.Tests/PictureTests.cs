using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Tests;

public class PictureTests
{
    private static readonly Lazy<EffectEstimate> California = new(() => Estimate("California"));

    public static TheoryData<PlotKind> Kinds => [.. Enum.GetValues<PlotKind>().Except([PlotKind.CrossValidation, PlotKind.LeaveOneOut, PlotKind.TimePlacebo])];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_says_what_it_is_and_leaves_nothing_to_the_reader_program(PlotKind kind)
    {
        string svg = Picture.Draw(California.Value, kind, new PlotOptions());
        DrawnPicture picture = new(svg);

        Assert.StartsWith("<svg ", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("DOCTYPE", svg, StringComparison.Ordinal);
        Assert.Equal("img", picture.Root.Attribute("role")?.Value);
        Assert.NotEmpty(picture.Title);
        Assert.NotEmpty(picture.Elements("desc").Single().Value);
        Assert.Single(picture.Elements("style"));
        Assert.Equal(
            $"{picture.Elements("title").First().Attribute("id")!.Value} {picture.Elements("desc").Single().Attribute("id")!.Value}",
            picture.Root.Attribute("aria-labelledby")?.Value);

        // Whatever colour the style sheet does not know would be the same in light and dark.
        Assert.DoesNotContain("rgb(", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_stand_where_the_values_are()
    {
        DrawnPicture picture = new(Picture.Draw(California.Value, PlotKind.Outcomes, new PlotOptions()));
        Func<double, double> value = picture.VerticalScale();
        double pixel = Math.Abs(value(1) - value(0));
        PredictionRow[] rows = [.. EffectRows.Predictions(California.Value)];

        (double X, double Y)[] observed = picture.Lines("observed", 2).MaxBy(line => line.Length)!;
        (double X, double Y)[] synthetic = picture.Lines("synthetic", 2).MaxBy(line => line.Length)!;

        Assert.Equal(31, observed.Length);
        Assert.All(rows.Zip(observed), pair => Assert.InRange(value(pair.Second.Y) - pair.First.Observed, -pixel, pixel));
        Assert.All(rows.Zip(synthetic), pair => Assert.InRange(value(pair.Second.Y) - pair.First.Synthetic, -pixel, pixel));
        Assert.All(observed.Zip(observed.Skip(1)), pair => Assert.Equal((observed[^1].X - observed[0].X) / 30, pair.Second.X - pair.First.X, 0.3));
    }

    [Fact]
    public void Placebo_gaps_are_one_path_of_all_controls()
    {
        DrawnPicture picture = new(Picture.Draw(California.Value, PlotKind.PlaceboGaps, new PlotOptions()));
        Func<double, double> value = picture.VerticalScale();
        double pixel = Math.Abs(value(1) - value(0));
        GapPath[] controls = [.. PlaceboPaths.Of(California.Value).Where(path => !path.IsTreated).OrderBy(path => path.PreRmspe)];

        (double X, double Y)[][] lines = [.. picture.Lines("control", .8).Where(line => line.Length > 2)];

        Assert.Equal(38, lines.Length);
        Assert.All(controls.Zip(lines), pair =>
            Assert.All(pair.First.Gaps.Zip(pair.Second), point => Assert.InRange(value(point.Second.Y) - point.First, -pixel, pixel)));
    }

    [Fact]
    public void Bars_are_as_long_as_their_values()
    {
        DrawnPicture picture = new(Picture.Draw(California.Value, PlotKind.UnitWeights, new PlotOptions()));
        double[] weights = [.. EffectRows.UnitWeights(California.Value).Select(row => Math.Abs(row.Weight)).OrderDescending()];
        double[] widths =
        [
            .. picture.Elements("rect")
                .Where(rect => rect.Attribute("class")?.Value.Contains("f-synthetic", StringComparison.Ordinal) == true)
                .Select(rect => double.Parse(rect.Attribute("width")!.Value, CultureInfo.InvariantCulture))
                .OrderDescending(),
        ];

        Assert.Equal(weights.Length, widths.Length);
        Assert.All(weights.Zip(widths), pair => Assert.InRange(pair.Second - (pair.First / weights[0] * widths[0]), -1, 1));
    }

    [Fact]
    public void A_love_plot_has_a_row_for_each_predictor_at_its_differences()
    {
        DrawnPicture picture = new(Picture.Draw(California.Value, PlotKind.Balance, new PlotOptions()));
        BalanceRow[] rows = [.. EffectRows.Balance(California.Value)];
        string[] labels = [.. picture.Elements("text").Where(text => text.Attribute("text-anchor")?.Value == "end").Select(text => text.Value)];
        double[] marks =
        [
            .. picture.Elements("ellipse")
                .Where(mark => mark.Attribute("class")?.Value.Contains("f-synthetic", StringComparison.Ordinal) == true)
                .Select(mark => double.Parse(mark.Attribute("cx")!.Value, CultureInfo.InvariantCulture)),
        ];

        Assert.Equal(rows.Select(row => row.Predictor), labels);

        // The last mark is that of the legend.
        double[] at = marks[..rows.Length];
        BalanceRow low = rows.MinBy(row => row.StandardisedDifference)!;
        BalanceRow high = rows.MaxBy(row => row.StandardisedDifference)!;
        double left = at[Array.IndexOf(rows, low)];
        double scale = (at[Array.IndexOf(rows, high)] - left) / (high.StandardisedDifference - low.StandardisedDifference);
        Assert.True(scale > 0);
        Assert.All(rows.Zip(at), pair => Assert.Equal(left + (scale * (pair.First.StandardisedDifference - low.StandardisedDifference)), pair.Second, 1.0));
    }

    [Theory]
    [InlineData(PlotKind.Outcomes)]
    [InlineData(PlotKind.Ratios)]
    [InlineData(PlotKind.UnitWeights)]
    public void A_name_of_forty_letters_fits_whole(PlotKind kind)
    {
        string name = "A state whose name has forty letters, no";
        Assert.Equal(40, name.Length);
        DrawnPicture picture = new(Picture.Draw(Estimate(name), kind, new PlotOptions { Width = 640 }));

        Assert.Contains(picture.Texts, text => text.Contains(name, StringComparison.Ordinal));
        Assert.All(
            picture.Elements("text").Where(text => text.Attribute("text-anchor")?.Value == "end" && text.Value == name),
            text => Assert.True(DrawnPicture.Position(text).X > new TextMeasurer().MeasureText(name, "Helvetica", 12, 400).Width));
    }

    [Theory]
    [InlineData(5, 760)]
    [InlineData(31, 300)]
    [InlineData(500, 760)]
    public void Labels_of_times_keep_their_distance(int times, int width)
    {
        EffectEstimate estimate = Simulated(6, times, time => 1500 + time, 1e9);
        DrawnPicture picture = new(Picture.Draw(estimate, PlotKind.Gap, new PlotOptions { Width = width }));
        (double X, string Text)[] labels =
        [
            .. picture.Elements("text")
                .Where(text => text.Attribute("text-anchor")?.Value == "middle" && text.Value.Length == 4 && int.TryParse(text.Value, out _))
                .Select(text => (DrawnPicture.Position(text).X, text.Value))
                .Order(),
        ];

        Assert.True(labels.Length >= 2);
        Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.Second.X - pair.First.X > 34, $"{pair.First} and {pair.Second}"));
    }

    [Fact]
    public void Three_thousand_controls_are_thinned_and_the_largest_ratios_shown()
    {
        EffectEstimate estimate = Simulated(3000, 12, time => 2000 + time, 5);
        string gaps = Picture.Draw(estimate, PlotKind.PlaceboGaps, new PlotOptions());
        DrawnPicture ratios = new(Picture.Draw(estimate, PlotKind.Ratios, new PlotOptions()));

        Assert.InRange(gaps.Length, 10_000, 300_000);
        Assert.Contains("1000 of 3000 controls drawn", gaps, StringComparison.Ordinal);
        Assert.Contains(ratios.Texts, text => text == "u0");
        Assert.InRange(ratios.Elements("rect").Count(rect => rect.Attribute("class")?.Value.Contains("f-synthetic", StringComparison.Ordinal) == true), 30, 45);
    }

    [Fact]
    public void Numbers_follow_the_culture_and_years_have_no_separator()
    {
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        DrawnPicture picture = new(Picture.Draw(California.Value, PlotKind.FeatureWeights, new PlotOptions { Culture = comma }));
        DrawnPicture years = new(Picture.Draw(California.Value, PlotKind.Gap, new PlotOptions { Culture = comma }));

        Assert.Contains(picture.Texts, text => text.Contains("0,", StringComparison.Ordinal));
        Assert.Contains("1990", years.Texts);
    }

    [Fact]
    public void Themes_are_fixed_or_the_readers()
    {
        string auto = Picture.Draw(California.Value, PlotKind.Gap, new PlotOptions());
        string dark = Picture.Draw(California.Value, PlotKind.Gap, new PlotOptions { Theme = PlotTheme.Dark });

        Assert.Contains("prefers-color-scheme:dark", auto, StringComparison.Ordinal);
        Assert.DoesNotContain("prefers-color-scheme", dark, StringComparison.Ordinal);
        Assert.Contains("--ground:#16181c", dark, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_drawn_is_said()
    {
        SyntheticControlFit fit = California.Value.Periods[0].Fit;

        Assert.Equal("PlotKindUnlike", Assert.Throws<InvalidInputException>(() => Picture.Draw(fit, PlotKind.Gap, new PlotOptions())).ErrorId);
        Assert.Equal("NothingToPlot", Assert.Throws<InvalidInputException>(() => Picture.Draw(fit, PlotKind.CrossValidation, new PlotOptions())).ErrorId);
        Assert.Equal("OptionOutOfRange", Assert.Throws<InvalidInputException>(() => Picture.Draw(fit, PlotKind.UnitWeights, new PlotOptions { Width = 10 })).ErrorId);
    }

    /// <summary>Names come from files, and XML has no place for most control characters, nor for half of a pair.</summary>
    [Theory]
    [InlineData("Bell\u0007", "Bell\uFFFD")]
    [InlineData("Nul\0", "Nul\uFFFD")]
    [InlineData("Whole \uD83D\uDE00", "Whole \uD83D\uDE00")]
    public void Names_and_titles_may_hold_any_character(string name, string shown)
    {
        EffectEstimate estimate = Estimate(name);
        Assert.All(
            Picture.Kinds(estimate).Except([PlotKind.CrossValidation]), kind => Assert.NotEmpty(Picture.Draw(estimate, kind, new PlotOptions())));
        DrawnPicture picture = new(Picture.Draw(estimate, PlotKind.Ratios, new PlotOptions { Title = name }));
        Assert.Equal(shown, picture.Title);
        Assert.Contains(shown, picture.Texts);
    }

    [Fact]
    public void A_picture_of_nothing_is_refused()
    {
        EffectEstimate differences = EffectEstimator.Run(
            PanelReader.Read(
                RepositoryFiles.Sample("california_prop99.csv"),
                new PanelOptions { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989" }),
            new EffectOptions { Method = EffectMethod.DifferenceInDifferences });
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Picture.Draw(differences, PlotKind.FeatureWeights, new PlotOptions()));
        Assert.Equal("NothingToPlot", error.ErrorId);
        Assert.Contains("The donors are {Kind} {Kind:UnitWeights}.", error.Message, StringComparison.Ordinal);
    }

    private static EffectEstimate Estimate(string name)
    {
        Panel panel = PanelReader.Read(
            RepositoryFiles.Sample("california_prop99.csv"),
            new PanelOptions { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989" });
        EffectEstimate estimate = EffectEstimator.Run(panel, new EffectOptions { Method = EffectMethod.Simplex });
        estimate.Units = [.. estimate.Units.Select(unit => unit is "California" or "Utah" ? unit == "California" ? name : $"{name[..^3]}, 2" : unit)];
        return estimate;
    }

    private static EffectEstimate Simulated(int controls, int times, Func<int, int> year, double scale)
    {
        System.Random random = new(1);
        double[] values = new double[(controls + 1) * times];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = scale * (random.NextDouble() - .5);
        }

        FeatureMatrix outcomes = new(
            values,
            controls + 1,
            times,
            [.. Enumerable.Range(0, controls + 1).Select(unit => $"u{unit}")],
            [.. Enumerable.Range(0, times).Select(time => year(time).ToString(CultureInfo.InvariantCulture))]);
        int?[] treatment = [.. Enumerable.Range(0, controls + 1).Select(unit => unit == 0 ? (int?)(times - 2) : null)];
        return EffectEstimator.Run(new EffectData(outcomes, treatment), new EffectOptions { Method = EffectMethod.DifferenceInDifferences });
    }
}
