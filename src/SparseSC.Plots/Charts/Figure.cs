using OxyPlot;
using OxyPlot.Axes;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>A picture of a page, whose style sheet it goes by, with what there is to read in it.</summary>
/// <param name="Svg">The picture, without a style sheet.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it shows.</param>
/// <param name="ReadsDown">Whether places of readings go down and not along.</param>
/// <param name="Area">Left, top, right and bottom of what is drawn between the axes, in pixels.</param>
/// <param name="Readings">Places in pixels with their words.</param>
internal sealed record Figure(
    string Svg,
    string Title,
    string Description,
    bool ReadsDown,
    double[] Area,
    (double At, string Text)[] Readings)
{
    /// <summary>Draws a chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="id">Start of the ids in it, one of its own in a page.</param>
    public static Figure Of(Chart chart, string id)
    {
        string svg = SvgDocument.Draw(chart.Model, chart.Options.Width, chart.Height, chart.Title, chart.Description, null, id);

        // Axes know where they stand once they have been drawn.
        Axis axis = chart.Model.Axes.First(candidate => candidate.Position == (chart.ReadsDown ? AxisPosition.Left : AxisPosition.Bottom));
        OxyRect area = chart.Model.PlotArea;
        return new Figure(
            svg,
            chart.Title,
            chart.Description,
            chart.ReadsDown,
            [area.Left, area.Top, area.Right, area.Bottom],
            [.. chart.Readings.Select(reading => (axis.Transform(reading.At), reading.Text))]);
    }
}
