using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>A picture in the making: the look that all kinds have in common.</summary>
internal sealed class Chart
{
    /// <summary>How whiskers are told from lines.</summary>
    public const string Whisker = "whisker";

    private const int ReadDigits = 5;
    private const double Thin = 0.8;
    private const double Usual = 2;
    private const byte Veil = 50;
    private const int ManyPoints = 60;

    // Of the width; 40 letters fit into a picture of the usual one.
    private const double MostOfLabel = 0.5;

    /// <summary>Starts a picture.</summary>
    /// <param name="options">How it is drawn.</param>
    /// <param name="title">The title, where the options have none.</param>
    /// <param name="subtitle">What is said below the title.</param>
    /// <param name="description">What a reader who does not see it is told.</param>
    /// <param name="height">The height, where the options have none.</param>
    public Chart(PlotOptions options, string title, string subtitle, string description, int height = 420)
    {
        Options = options;
        Height = options.Height ?? height;
        Description = description;
        Title = options.Title ?? title;
        Model = new PlotModel
        {
            Title = Fitted(Title, 15),
            Subtitle = Fitted(subtitle, 12),
            TitleHorizontalAlignment = TitleHorizontalAlignment.CenteredWithinView,
            TitleFontSize = 15,
            SubtitleFontSize = 12,
            TitleColor = Palette.Ink,
            SubtitleColor = Palette.Axis,
            TextColor = Palette.Ink,
            PlotAreaBorderColor = Palette.Axis,
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
            Background = Palette.Ground,
            DefaultFont = "Helvetica",
            DefaultFontSize = 12,
            Culture = options.Culture,
            Padding = new OxyThickness(10, 8, 22, 8),
            IsLegendVisible = true,
        };
        Model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomCenter,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendTextColor = Palette.Ink,
            LegendBorderThickness = 0,
        });
    }

    public PlotOptions Options { get; }

    public PlotModel Model { get; }

    public int Height { get; }

    public string Title { get; }

    public string Description { get; }

    /// <summary>What a reader is told who points at a place, in order along the axis.</summary>
    public List<ChartReading> Readings { get; } = [];

    /// <summary>Whether the places of readings are on the left axis, as bars are, and not on the lower one.</summary>
    public bool ReadsDown { get; set; }

    /// <summary>Adds what there is to read at a place; values that are no numbers are left out.</summary>
    public void Read(double at, string label, params (string Name, double Value)[] values)
    {
        string[] said =
        [
            .. values
                .Where(value => double.IsFinite(value.Value))
                .Select(value => $"{(value.Name.Length == 0 ? "" : $"{value.Name} ")}{NumberText.Short(Rounded(value.Value), Options.Culture)}"),
        ];
        Readings.Add(new ChartReading(at, said.Length == 0 ? label : $"{label}: {string.Join(", ", said)}"));
    }

    /// <summary>Adds an axis in the common look.</summary>
    public Axis Add(Axis axis, string? title, bool hasGrid)
    {
        axis.Title = title;
        axis.TitleColor = Palette.Ink;
        axis.TextColor = Palette.Ink;
        axis.TicklineColor = Palette.Axis;
        axis.AxislineColor = Palette.Axis;
        axis.MinorTickSize = 0;
        axis.AxisTitleDistance = 8;
        axis.MajorGridlineStyle = hasGrid ? LineStyle.Solid : LineStyle.None;
        axis.MajorGridlineColor = Palette.Grid;
        axis.MajorGridlineThickness = 1;
        if (axis is not CategoryAxis && axis.LabelFormatter is null)
        {
            axis.LabelFormatter = value => NumberText.Short(value, Options.Culture);
        }

        Model.Axes.Add(axis);
        return axis;
    }

    /// <summary>A name beside a row, cut where it would take more than a part of the width.</summary>
    public string Label(string name) => Cut(name, 12, weight: 400, MostOfLabel * Options.Width);

    /// <summary>The axis of values, left.</summary>
    public Axis AddValues(string? title) => Add(new LinearAxis { Position = AxisPosition.Left, MinimumPadding = 0.05, MaximumPadding = 0.05 }, title, hasGrid: true);

    /// <summary>A line; it is broken where a value is no number.</summary>
    public void AddLine(string? name, OxyColor color, IEnumerable<DataPoint> points, bool isThin = false, LineStyle style = LineStyle.Solid)
    {
        LineSeries line = new() { Title = name, RenderInLegend = name is not null, Color = color, StrokeThickness = isThin ? Thin : Usual, LineStyle = style, LineJoin = LineJoin.Round };
        line.Points.AddRange(points);
        Model.Series.Add(line);
    }

    /// <summary>Points without a line between them.</summary>
    public void AddPoints(string? name, OxyColor color, IEnumerable<DataPoint> points, MarkerType marker = MarkerType.Circle)
    {
        ScatterPoint[] known = [.. points.Where(point => double.IsFinite(point.Y) && double.IsFinite(point.X)).Select(point => new ScatterPoint(point.X, point.Y))];

        // Marks that would run into each other are smaller.
        ScatterSeries series = new()
        {
            Title = name,
            RenderInLegend = name is not null,
            MarkerType = marker,
            MarkerSize = known.Length > ManyPoints ? 2 : 4,
            MarkerFill = color,
            MarkerStroke = color,
        };
        series.Points.AddRange(known);
        if (known.Length > 0)
        {
            Model.Series.Add(series);
        }
    }

    /// <summary>Thin upright lines from low to high; none where an end is infinite or no number.</summary>
    public void AddWhiskers(OxyColor color, IEnumerable<(double X, double Low, double High)> whiskers)
    {
        IEnumerable<DataPoint> points = whiskers
            .Where(item => double.IsFinite(item.Low) && double.IsFinite(item.High))
            .SelectMany(item => new[] { new DataPoint(item.X, item.Low), new DataPoint(item.X, item.High), DataPoint.Undefined });
        AddLine(null, color, points, isThin: true);
        Model.Series[^1].Tag = Whisker;
    }

    /// <summary>The area between two lines; nothing where an end is infinite or no number.</summary>
    public void AddBand(string name, OxyColor color, IReadOnlyList<(double X, double Low, double High)> band)
    {
        AreaSeries area = new()
        {
            Title = name,
            Color = OxyColors.Transparent,
            Color2 = OxyColors.Transparent,
            Fill = OxyColor.FromAColor(Veil, color),
            StrokeThickness = 0,
        };
        foreach ((double x, double low, double high) in band.Where(item => double.IsFinite(item.Low) && double.IsFinite(item.High)))
        {
            area.Points.Add(new DataPoint(x, low));
            area.Points2.Add(new DataPoint(x, high));
        }

        if (area.Points.Count > 0)
        {
            Model.Series.Add(area);
        }
    }

    /// <summary>A line across the picture, upright or level.</summary>
    public void AddRule(double at, bool isUpright, LineStyle style = LineStyle.Dash) => Model.Annotations.Add(new LineAnnotation
    {
        Type = isUpright ? LineAnnotationType.Vertical : LineAnnotationType.Horizontal,
        X = at,
        Y = at,
        Color = Palette.Axis,
        StrokeThickness = 1,
        LineStyle = style,
        Layer = AnnotationLayer.BelowSeries,
    });

    // More digits than can be told apart in a picture are not read.
    private static double Rounded(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(ReadDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));

    // A title that is wider than the picture would be cut at both its ends.
    private string Fitted(string text, double size) => Cut(text, size, weight: 700, Options.Width - 32);

    private static string Cut(string text, double size, double weight, double room)
    {
        TextMeasurer measurer = new();
        string fitted = text;
        for (int length = text.Length - 1; length > 1 && measurer.MeasureText(fitted, "Helvetica", size, weight).Width > room; length--)
        {
            fitted = string.Concat(text.AsSpan(0, length), "…");
        }

        return fitted;
    }
}
