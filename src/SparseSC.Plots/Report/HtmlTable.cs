using System.Globalization;
using System.Net;
using System.Text;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Report;

/// <summary>One cell: what is read, and the number to sort by where it is one.</summary>
/// <param name="Text">What is read.</param>
/// <param name="Number">What it is sorted by; <c>null</c> for the text.</param>
/// <param name="Class">A class for the style sheet.</param>
internal readonly record struct Cell(string Text, double? Number = null, string? Class = null)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A table with a caption, heads that programs which read pages out find, and buttons that sort.</summary>
/// <param name="caption">What it holds.</param>
/// <param name="columns">Heads of the columns; those that begin with # hold numbers.</param>
internal sealed class HtmlTable(string caption, params string[] columns)
{
    private readonly List<(Cell[] Cells, string? Class)> _rows = [];

    /// <summary>Whether the rows have an order of their own that must stay.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Adds a row; its first cell is its head.</summary>
    public void Add(string? rowClass, params Cell[] cells) => _rows.Add((cells, rowClass));

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder html = new();
        string sortable = IsFixed ? "" : " class=\"sortable\"";
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                + $"aria-label=\"{Escape(caption)}\"><table{sortable}><caption>{Escape(caption)}</caption><thead><tr>");
        foreach (string column in columns)
        {
            string name = Escape(column.TrimStart('#'));
            string content = IsFixed ? name : $"<button type=\"button\">{name}</button>";
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{NumberClass(column)}>{content}</th>");
        }

        html.Append("</tr></thead><tbody>\n");
        foreach ((Cell[] cells, string? rowClass) in _rows)
        {
            html.Append(rowClass is null ? "<tr>" : $"<tr class=\"{rowClass}\">");
            for (int i = 0; i < cells.Length; i++)
            {
                string sort = cells[i].Number is double number && double.IsFinite(number)
                    ? string.Create(CultureInfo.InvariantCulture, $" data-v=\"{number:R}\"")
                    : "";
                string attributes = NumberClass(columns[i], cells[i].Class) + sort;
                string text = Escape(cells[i].Text);
                html.Append(i == 0 ? $"<th scope=\"row\"{attributes}>{text}</th>" : $"<td{attributes}>{text}</td>");
            }

            html.Append("</tr>\n");
        }

        return html.Append("</tbody></table></div>\n").ToString();
    }

    /// <summary>Text as HTML.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(PlainText.Of(text));

    private static string NumberClass(string column, string? other = null)
    {
        string classes = $"{(column.StartsWith('#') ? "number " : "")}{other}".Trim();
        return classes.Length == 0 ? "" : $" class=\"{classes}\"";
    }
}
