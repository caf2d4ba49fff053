using OxyPlot.Axes;
using OxyPlot.Series;
using SparseSC.Plots.Charts;

namespace SparseSC.Plots.Text;

/// <summary>A line for each name: bars with their values, or marks on a scale.</summary>
/// <param name="chart">What is drawn.</param>
/// <param name="names">The names.</param>
/// <param name="columns">Characters in a line.</param>
/// <param name="lines">Lines.</param>
/// <param name="hasColour">Whether there are colours.</param>
internal sealed class TextRows(Chart chart, CategoryAxis names, int columns, int lines, bool hasColour)
{
    private const string Eighths = " ▏▎▍▌▋▊▉";

    public IEnumerable<string> Lines()
    {
        int shown = Math.Min(names.Labels.Count, Math.Max(1, lines - 1));
        int margin = Math.Min(columns / 2, names.Labels.Take(shown).Select(label => label.Length).DefaultIfEmpty(0).Max());
        IEnumerable<string> rows = chart.Model.Series.OfType<BarSeries>().Any() ? Bars(shown, margin) : Marks(shown, margin);
        string more = shown < names.Labels.Count ? $"… and {names.Labels.Count - shown} more" : "";
        string legend = chart.Model.IsLegendVisible ? TextPicture.Legend(chart, columns - more.Length - 2, hasColour) : "";
        string last = string.Join("  ", new[] { legend, more }.Where(part => part.Length > 0));
        return last.Length > 0 ? rows.Append(last) : rows;
    }

    private IEnumerable<string> Bars(int shown, int margin)
    {
        (double Value, TextColour Colour)[] bars = new (double, TextColour)[names.Labels.Count];
        foreach (BarSeries series in chart.Model.Series.OfType<BarSeries>())
        {
            foreach (BarItem item in series.Items)
            {
                bars[item.CategoryIndex] = (item.Value, TextPicture.Colour(series.FillColor));
            }
        }

        double largest = bars.Take(shown).Select(bar => Math.Abs(bar.Value)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        string[] values = [.. bars.Select(bar => TextPicture.Number(chart, bar.Value))];
        int number = values.Take(shown).Max(value => value.Length);
        int room = Math.Max(5, columns - margin - number - 2);
        for (int i = 0; i < shown; i++)
        {
            int eighths = largest > 0 ? (int)Math.Round(8 * room * Math.Abs(bars[i].Value) / largest) : 0;
            string bar = new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8] : "");
            yield return TextLine.Of(
                TextLine.Words($"{TextPicture.Cut(names.Labels[i], margin).PadRight(margin)} {values[i].PadLeft(number)} ").Concat(TextLine.Words(bar, bars[i].Colour)),
                hasColour);
        }
    }

    private IEnumerable<string> Marks(int shown, int margin)
    {
        Axis across = chart.Model.Axes.First(axis => axis.Position == AxisPosition.Bottom);
        int room = Math.Max(5, columns - margin - 1);
        int zero = Place(0);
        for (int i = 0; i < shown; i++)
        {
            (char Character, TextColour Colour)[] row = [.. TextLine.Words(new string(' ', room))];
            if (zero >= 0 && zero < room)
            {
                row[zero] = ('│', TextColour.Rule);
            }

            foreach (ScatterSeries series in chart.Model.Series.OfType<ScatterSeries>())
            {
                char mark = series.MarkerType == OxyPlot.MarkerType.Square ? '■' : '●';
                foreach (ScatterPoint point in series.Points.Where(point => point.Y.Equals(i)))
                {
                    row[Math.Clamp(Place(point.X), 0, room - 1)] = (mark, TextPicture.Colour(series.MarkerFill));
                }
            }

            yield return TextLine.Of(TextLine.Words($"{TextPicture.Cut(names.Labels[i], margin).PadRight(margin)} ").Concat(row), hasColour);
        }

        int Place(double value) => (int)Math.Round((value - across.Minimum) / (across.Maximum - across.Minimum) * (room - 1));
    }
}
