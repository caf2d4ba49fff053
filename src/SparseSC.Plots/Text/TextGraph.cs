using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;
using SparseSC.Plots.Charts;

namespace SparseSC.Plots.Text;

/// <summary>Lines and points over an axis of times or of numbers.</summary>
internal sealed class TextGraph
{
    private const int Rows = 3;

    private readonly Chart _chart;
    private readonly int _columns;
    private readonly int _lines;
    private readonly bool _hasColour;
    private readonly Axis _across;
    private readonly (double Low, double High) _x;
    private readonly (double Low, double High) _y;

    /// <param name="chart">What is drawn.</param>
    /// <param name="columns">Characters in a line.</param>
    /// <param name="lines">Lines, with those of the axis and the legend.</param>
    /// <param name="hasColour">Whether there are colours.</param>
    public TextGraph(Chart chart, int columns, int lines, bool hasColour)
    {
        _chart = chart;
        _columns = columns;
        _lines = Math.Max(Rows, lines - 2);
        _hasColour = hasColour;
        _across = chart.Model.Axes.First(axis => axis.Position == AxisPosition.Bottom);
        DataPoint[] points = [.. chart.Model.Series.SelectMany(Points).Where(IsFinite)];
        _x = Range(points.Select(point => At(point.X)), double.IsNaN(_across.Minimum) ? [] : [At(_across.Minimum), At(_across.Maximum)]);
        _y = Range(points.Select(point => point.Y), []);
    }

    public IEnumerable<string> Lines()
    {
        string[] labels = [.. new[] { _y.High, (_y.High + _y.Low) / 2, _y.Low }.Select(value => TextPicture.Number(_chart, value))];
        int margin = labels.Max(label => label.Length) + 2;
        BrailleCanvas canvas = new(Math.Max(10, _columns - margin), _lines);
        Draw(canvas);
        for (int line = 0; line < _lines; line++)
        {
            string label = line == 0 ? labels[0] : line == _lines / 2 ? labels[1] : line == _lines - 1 ? labels[2] : "";
            IEnumerable<(char, TextColour)> before = TextLine.Words($"{label.PadLeft(margin - 2)} ┤"[..margin]);
            yield return TextLine.Of(before.Concat(canvas.Row(line)), _hasColour);
        }

        yield return Times(margin);
        string legend = TextPicture.Legend(_chart, _columns, _hasColour);
        if (legend.Length > 0)
        {
            yield return legend;
        }
    }

    private static IEnumerable<DataPoint> Points(Series series) => series switch
    {
        // Bands and whiskers come second: what is read of a few dots is the line.
        AreaSeries => [],
        LineSeries { Tag: Chart.Whisker } => [],
        LineSeries line => line.Points,
        ScatterSeries scatter => scatter.Points.Select(point => new DataPoint(point.X, point.Y)),
        _ => [],
    };

    private void Draw(BrailleCanvas canvas)
    {
        foreach (LineAnnotation rule in _chart.Model.Annotations.OfType<LineAnnotation>())
        {
            bool isUpright = rule.Type == LineAnnotationType.Vertical;
            int length = isUpright ? canvas.Height : canvas.Width;
            (double x, double y) = Place(canvas, new DataPoint(isUpright ? rule.X : _across.Minimum, isUpright ? _y.Low : rule.Y));
            for (int i = 0; i < length; i += 2)
            {
                canvas.Set(isUpright ? (int)Math.Round(x) : i, isUpright ? i : (int)Math.Round(y), TextColour.Rule);
            }
        }

        // What is drawn last stands before the others.
        foreach (Series series in _chart.Model.Series)
        {
            switch (series)
            {
                case AreaSeries:
                    break;
                case LineSeries line when !Equals(line.Tag, Chart.Whisker):
                    Connect(canvas, line);
                    break;
                case ScatterSeries scatter:
                    foreach (DataPoint point in Points(scatter).Where(IsFinite))
                    {
                        (double x, double y) = Place(canvas, point);
                        canvas.Set((int)Math.Round(x), (int)Math.Round(y), TextPicture.Colour(scatter.MarkerFill));
                        canvas.Set((int)Math.Round(x) + 1, (int)Math.Round(y), TextPicture.Colour(scatter.MarkerFill));
                    }

                    break;
            }
        }
    }

    private void Connect(BrailleCanvas canvas, LineSeries line)
    {
        for (int i = 0; i < line.Points.Count; i++)
        {
            if (IsFinite(line.Points[i]))
            {
                (double X, double Y) to = Place(canvas, line.Points[i]);
                (double X, double Y) from = i > 0 && IsFinite(line.Points[i - 1]) ? Place(canvas, line.Points[i - 1]) : to;
                canvas.Line(from, to, TextPicture.Colour(line.Color), line.LineStyle != LineStyle.Solid);
            }
        }
    }

    // The labels of the axis as it would be drawn, at its ends and in the middle as far as they fit.
    private string Times(int margin)
    {
        int room = Math.Max(10, _columns - margin);
        char[] line = new string(' ', room).ToCharArray();
        double middle = Math.Round((_x.Low + _x.High) / 2);
        foreach ((double value, int place) in new[] { (_x.Low, 0), (_x.High, 2), (middle, 1) })
        {
            string label = _across.FormatValue(Back(value));
            double share = _x.High > _x.Low ? (value - _x.Low) / (_x.High - _x.Low) : 0;
            int start = place switch { 0 => 0, 2 => room - label.Length, _ => (int)(share * (room - 1)) - (label.Length / 2) };
            int from = Math.Max(0, start - 1);
            int to = Math.Min(room, start + label.Length + 1);
            if (start >= 0 && start + label.Length <= room && line.AsSpan(from, to - from).IndexOfAnyExcept(' ') < 0)
            {
                label.CopyTo(line.AsSpan(start));
            }
        }

        return $"{new string(' ', margin)}{new string(line).TrimEnd()}";
    }

    private (double X, double Y) Place(BrailleCanvas canvas, DataPoint point) => (
        (At(point.X) - _x.Low) / (_x.High - _x.Low) * (canvas.Width - 1),
        (_y.High - point.Y) / (_y.High - _y.Low) * (canvas.Height - 1));

    private double At(double x) => _across is LogarithmicAxis ? Math.Log10(x) : x;

    private double Back(double at) => _across is LogarithmicAxis ? Math.Pow(10, at) : at;

    private static bool IsFinite(DataPoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static (double Low, double High) Range(IEnumerable<double> values, double[] ends)
    {
        double[] all = [.. values.Concat(ends).Where(double.IsFinite)];
        double low = all.DefaultIfEmpty(0).Min();
        double high = all.DefaultIfEmpty(1).Max();
        return high > low ? (low, high) : (low - 0.5, high + 0.5);
    }
}
