using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SparseSC.Plots.Tests;

/// <summary>An SVG as a reader with a ruler sees it.</summary>
internal sealed partial class DrawnPicture
{
    private readonly XElement _root;

    public DrawnPicture(string svg) => _root = XElement.Parse(svg);

    public XElement Root => _root;

    public string Title => Elements("title").First().Value;

    public string[] Texts => [.. Elements("text").Select(text => text.Value)];

    public IEnumerable<XElement> Elements(string name) => _root.Descendants().Where(element => element.Name.LocalName == name);

    /// <summary>Points of the lines of a colour, line after line, thicker than a hair.</summary>
    public (double X, double Y)[][] Lines(string colour, double width) =>
    [
        .. Elements("path")
            .Where(path => path.Attribute("class")?.Value.Contains($"s-{colour}", StringComparison.Ordinal) == true)
            .Where(path => path.Attribute("style")!.Value.Contains($"stroke-width:{width.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal))
            .SelectMany(path => Subpaths(path.Attribute("d")!.Value)),
    ];

    /// <summary>From pixels to values, by the labels of an axis and the lines of its grid.</summary>
    public Func<double, double> VerticalScale()
    {
        double[] grid = [.. Lines("grid", 1).Where(line => line[0].Y == line[^1].Y).Select(line => line[0].Y).Order()];
        double[] labels =
        [
            .. Elements("text")
                .Where(text => text.Attribute("text-anchor")?.Value == "end" && double.TryParse(text.Value, CultureInfo.InvariantCulture, out _))
                .OrderBy(text => Position(text).Y)
                .Select(text => double.Parse(text.Value, CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(labels.Length, grid.Length);
        return y => labels[0] + ((y - grid[0]) / (grid[^1] - grid[0]) * (labels[^1] - labels[0]));
    }

    /// <summary>Labels of a row or a column of text, with where they start and end along it.</summary>
    public static (double X, double Y) Position(XElement text)
    {
        Match match = Translation().Match(text.Attribute("transform")!.Value);
        return (double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    private static IEnumerable<(double X, double Y)[]> Subpaths(string data) => data.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(part =>
    {
        List<(double X, double Y)> points = [];
        foreach (string step in part.Split('l'))
        {
            double[] numbers = [.. step.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            (double x, double y) = points.Count == 0 ? (0, 0) : points[^1];
            points.Add((x + numbers[0], y + numbers[1]));
        }

        return points.ToArray();
    });

    [GeneratedRegex(@"translate\(([-\d.]+),([-\d.]+)\)")]
    private static partial Regex Translation();
}
