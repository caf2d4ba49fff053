using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Drawing;
using static SparseSC.Plots.Report.HtmlTable;

namespace SparseSC.Plots.Report;

/// <summary>One HTML file that needs no other: headings, paragraphs, tables and pictures, one after the other.</summary>
/// <param name="title">The title.</param>
/// <param name="theme">The colours.</param>
internal sealed class HtmlPage(string title, PlotTheme theme)
{
    // Whatever the page holds, a browser loads nothing for it.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";
    private const string Hint = "Point at the picture, or press an arrow key in it, to read values.";

    private readonly StringBuilder _body = new();
    private readonly List<(string Id, string Name)> _sections = [];

    /// <summary>Starts a section.</summary>
    public void Section(string id, string name)
    {
        _body.Append(_sections.Count == 0 ? "" : "</section>\n");
        _sections.Add((id, name));
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<section id=\"{id}\" aria-labelledby=\"{id}-h\"><h2 id=\"{id}-h\">{Escape(name)}</h2>\n");
    }

    /// <summary>Adds a paragraph.</summary>
    public void Text(string text, string? textClass = null) =>
        _body.Append(CultureInfo.InvariantCulture, $"<p{(textClass is null ? "" : $" class=\"{textClass}\"")}>{Escape(text)}</p>\n");

    /// <summary>Adds a list.</summary>
    public void List(IEnumerable<string> items) =>
        _body.Append(CultureInfo.InvariantCulture, $"<ul>{string.Concat(items.Select(item => $"<li>{Escape(item)}</li>"))}</ul>\n");

    /// <summary>Adds text that is copied as it stands.</summary>
    public void Code(string text) => _body.Append(CultureInfo.InvariantCulture, $"<pre tabindex=\"0\"><code>{Escape(text)}</code></pre>\n");

    /// <summary>Adds a table.</summary>
    public void Table(HtmlTable table) => _body.Append(table);

    /// <summary>Adds a picture, unless there is none.</summary>
    public void Picture(Figure? figure)
    {
        if (figure is not null)
        {
            string readings = figure.Readings.Length == 0 ? "" : $" data-readings=\"{Escape(Json(figure))}\"";
            string label = Escape($"{figure.Title}. {Hint}");
            string focus = figure.Readings.Length == 0 ? "" : $" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"";
            string reading = figure.Readings.Length == 0 ? "" : $"<p class=\"reading\" aria-live=\"polite\">{Hint}</p>";
            _body.Append(
                CultureInfo.InvariantCulture,
                $"<figure{readings}><div class=\"plot\"{focus}>{figure.Svg}</div>{reading}"
                    + $"<figcaption>{Escape(figure.Description)}</figcaption></figure>\n");
        }
    }

    /// <summary>The whole page.</summary>
    /// <param name="question">The heading.</param>
    /// <param name="answer">What is said below it.</param>
    public string ToHtml(string question, IReadOnlyList<string> answer)
    {
        StringBuilder html = new();
        html.Append(
            $"<!DOCTYPE html>\n<html lang=\"en\" data-theme=\"{theme.ToString().ToLowerInvariant()}\">\n"
                + "<head>\n<meta charset=\"utf-8\">\n");
        html.Append(
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append(
            $"<title>{Escape(title)}</title>\n<style>{SvgDocument.PageStyleSheet(theme)}\n{Resource("report.css")}</style>\n"
                + "</head>\n<body>\n");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header><h1>{Escape(question)}</h1>\n");
        html.Append(string.Concat(answer.Select((sentence, i) => $"<p{(i == 0 ? " class=\"answer\"" : "")}>{Escape(sentence)}</p>\n")));
        IEnumerable<string> links = _sections.Select(section => $"<li><a href=\"#{section.Id}\">{Escape(section.Name)}</a></li>");
        html.Append(CultureInfo.InvariantCulture, $"<nav aria-label=\"Sections\"><ul>{string.Concat(links)}</ul></nav>\n</header>\n");
        html.Append("<main id=\"main\">\n").Append(_body).Append(_sections.Count == 0 ? "" : "</section>\n").Append("</main>\n");
        html.Append(CultureInfo.InvariantCulture, $"<script>{Resource("report.js")}</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static string Json(Figure figure)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("down", figure.ReadsDown);
            WriteNumbers(writer, "area", figure.Area);
            WriteNumbers(writer, "at", figure.Readings.Select(reading => reading.At));
            writer.WriteStartArray("text");
            foreach ((_, string text) in figure.Readings)
            {
                writer.WriteStringValue(PlainText.Of(text));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<double> numbers)
    {
        writer.WriteStartArray(name);
        foreach (double number in numbers)
        {
            writer.WriteNumberValue(Math.Round(number, 1));
        }

        writer.WriteEndArray();
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
