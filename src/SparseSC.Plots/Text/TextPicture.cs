using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using SparseSC.Core.Errors;
using SparseSC.Plots.Charts;

namespace SparseSC.Plots.Text;

/// <summary>The same pictures in characters, for a terminal.</summary>
public static class TextPicture
{
    private const int Fewest = 30;
    private const int FewestLines = 6;

    /// <summary>Draws a result.</summary>
    /// <param name="result">What <see cref="Picture"/> draws.</param>
    /// <param name="kind">What is shown; <c>null</c> for the first of <see cref="Picture.Kinds"/>.</param>
    /// <param name="size">Characters in a line and lines; at least 30 and 6 are used.</param>
    /// <param name="hasColour">Whether the terminal shows colours.</param>
    /// <param name="options">Title and culture.</param>
    /// <returns>Lines, none longer than the size says (colours aside).</returns>
    /// <exception cref="InvalidInputException">As for <see cref="Picture"/>.</exception>
    public static string[] Draw(object result, PlotKind? kind, (int Columns, int Lines) size, bool hasColour, PlotOptions options)
    {
        Chart chart = Picture.ChartOf(result, kind, options);
        ((IPlotModel)chart.Model).Update(updateData: true);
        int columns = Math.Max(Fewest, size.Columns);
        int lines = Math.Max(FewestLines, size.Lines);
        string title = Cut(chart.Title, columns);
        IEnumerable<string> body = chart.Model.Axes.OfType<CategoryAxis>().FirstOrDefault() is { } names
            ? new TextRows(chart, names, columns, lines - 2, hasColour).Lines()
            : new TextGraph(chart, columns, lines - 2, hasColour).Lines();
        return [title, .. body];
    }

    /// <summary>Text that is not longer than there is room.</summary>
    internal static string Cut(string text, int room) => text.Length <= room ? text : $"{text[..Math.Max(0, room - 1)]}…";

    /// <summary>What a colour of a picture is in a terminal.</summary>
    internal static TextColour Colour(OxyColor colour) =>
        colour == Drawing.Palette.Observed ? TextColour.Observed
        : colour == Drawing.Palette.Synthetic ? TextColour.Synthetic
        : colour == Drawing.Palette.Treated ? TextColour.Treated
        : colour == Drawing.Palette.Third ? TextColour.Third
        : colour == Drawing.Palette.Fourth ? TextColour.Fourth
        : TextColour.Control;

    /// <summary>Names of the series with the mark of each, as far as they fit.</summary>
    internal static string Legend(Chart chart, int columns, bool hasColour)
    {
        List<(char, TextColour)> line = [];
        foreach (Series series in chart.Model.Series.Where(series => series.Title is not null && series.RenderInLegend))
        {
            (string mark, OxyColor colour) = series switch
            {
                AreaSeries => ("", OxyColors.Undefined),
                LineSeries { LineStyle: LineStyle.Solid } solid => ("──", solid.Color),
                LineSeries dashed => ("╌╌", dashed.Color),
                ScatterSeries { MarkerType: MarkerType.Square } square => ("■", square.MarkerFill),
                ScatterSeries points => ("●", points.MarkerFill),
                BarSeries bars => ("█", bars.FillColor),
                _ => ("", OxyColors.Undefined),
            };
            string text = $"{mark} {series.Title}";
            if (mark.Length > 0 && line.Count + text.Length + 2 <= columns)
            {
                line.AddRange(TextLine.Words(line.Count > 0 ? "  " : ""));
                line.AddRange(TextLine.Words(mark, Colour(colour)));
                line.AddRange(TextLine.Words($" {series.Title}"));
            }
        }

        return TextLine.Of(line, hasColour);
    }

    /// <summary>A number as short as it can be read.</summary>
    internal static string Number(Chart chart, double value)
    {
        double rounded = value == 0 ? 0 : Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
        return NumberText.Short(rounded, chart.Options.Culture);
    }
}
