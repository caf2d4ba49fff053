using System.Globalization;
using System.Text;
using System.Xml.Linq;
using OxyPlot;

namespace SparseSC.Plots.Drawing;

/// <summary>From a model to SVG that stands in a page as well as alone: titled, described, with one style sheet.</summary>
internal static class SvgDocument
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws a model.</summary>
    /// <param name="model">What to draw, in the colours of <see cref="Palette"/>.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="title">The title that programs read out.</param>
    /// <param name="description">What the picture shows.</param>
    /// <param name="theme">The colours; <c>null</c> for those of the page it is put into, which has the style sheet.</param>
    /// <param name="id">Start of the ids in it, so that several may stand in one page.</param>
    public static string Draw(PlotModel model, int width, int height, string title, string description, PlotTheme? theme, string id)
    {
        using MemoryStream stream = new();
        SvgCanvas.Draw(model, stream, width, height);

        // What the exporter writes begins with a byte order mark.
        string text = Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF');
        XElement root = XElement.Parse(text);
        SvgPaths.Merge(root);
        foreach (XElement element in root.DescendantsAndSelf())
        {
            Recolour(element);
        }

        foreach (XAttribute attribute in root.Descendants().Attributes())
        {
            attribute.Value = attribute.Name == "id" ? $"{id}-{attribute.Value}" : attribute.Value.Replace("url(#", $"url(#{id}-", StringComparison.Ordinal);
        }

        root.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("class", "sparsesc-plot");
        root.SetAttributeValue("aria-labelledby", $"{id}-title {id}-desc");
        root.AddFirst(
            new XElement(Svg + "title", new XAttribute("id", $"{id}-title"), PlainText.Of(title)),
            new XElement(Svg + "desc", new XAttribute("id", $"{id}-desc"), PlainText.Of(description)),
            theme is PlotTheme colours ? new XElement(Svg + "style", StyleSheet(colours)) : null);
        return root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The style sheet: each colour is a variable, which a page around the picture may set.</summary>
    public static string StyleSheet(PlotTheme theme)
    {
        StringBuilder sheet = new();
        AppendColours(sheet, ".sparsesc-plot", theme);
        AppendShapes(sheet, theme == PlotTheme.Dark);
        return sheet.ToString();
    }

    /// <summary>The style sheet of a page with pictures that have none: its text takes the same variables.</summary>
    public static string PageStyleSheet(PlotTheme theme)
    {
        StringBuilder sheet = new();
        AppendColours(sheet, ":root", theme);

        // Paper is white.
        sheet.Append("@media print{");
        AppendColours(sheet, ":root", isDark: false);
        sheet.Append('}');
        AppendShapes(sheet, theme == PlotTheme.Dark);
        return sheet.ToString();
    }

    // Programs without variables, such as rsvg-convert, take the colour itself.
    private static void AppendShapes(StringBuilder sheet, bool isDark)
    {
        sheet.Append(".sparsesc-plot{max-width:100%;height:auto}.sparsesc-plot text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif}");
        foreach ((string name, string light, string dark) in Palette.All)
        {
            string colour = isDark ? dark : light;
            sheet.Append(CultureInfo.InvariantCulture, $".f-{name}{{fill:{colour};fill:var(--{name})}}.s-{name}{{stroke:{colour};stroke:var(--{name})}}");
        }
    }

    private static void AppendColours(StringBuilder sheet, string selector, PlotTheme theme)
    {
        AppendColours(sheet, selector, theme == PlotTheme.Dark);
        if (theme == PlotTheme.Auto)
        {
            sheet.Append("@media (prefers-color-scheme:dark){");
            AppendColours(sheet, selector, isDark: true);
            sheet.Append('}');
        }
    }

    private static void AppendColours(StringBuilder sheet, string selector, bool isDark)
    {
        sheet.Append(selector).Append('{');
        foreach ((string name, string light, string dark) in Palette.All)
        {
            sheet.Append(CultureInfo.InvariantCulture, $"--{name}:{(isDark ? dark : light)};");
        }

        sheet.Append('}');
    }

    // The exporter writes colours into a style attribute, or for text into one called fill.
    private static void Recolour(XElement element)
    {
        List<string> classes = [];
        List<string> rest = [];
        string[] declarations = [.. (element.Attribute("style")?.Value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)];
        foreach (string declaration in declarations)
        {
            string[] parts = declaration.Split(':', 2);
            if (ClassOf(parts[0].Trim(), parts[^1].Trim()) is string name)
            {
                classes.Add(name);
            }
            else
            {
                rest.Add(declaration);
            }
        }

        foreach (string property in (string[])["fill", "stroke"])
        {
            if (element.Attribute(property) is { } attribute && ClassOf(property, attribute.Value) is string name)
            {
                classes.Add(name);
                attribute.Remove();
            }
        }

        element.Attribute("font-family")?.Remove();
        element.SetAttributeValue("style", rest.Count > 0 ? string.Join(';', rest) : null);
        element.SetAttributeValue("class", classes.Count > 0 ? string.Join(' ', classes) : element.Attribute("class")?.Value);
    }

    private static string? ClassOf(string property, string value)
    {
        if (property is not ("fill" or "stroke"))
        {
            return null;
        }

        foreach ((string name, string light, _) in Palette.All)
        {
            if (value == Palette.Rgb(light))
            {
                return $"{property[0]}-{name}";
            }
        }

        return null;
    }
}
