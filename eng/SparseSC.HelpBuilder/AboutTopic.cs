using System.Text;
using System.Text.RegularExpressions;

namespace SparseSC.HelpBuilder;

/// <summary>Lays a page of Markdown out as a help topic: plain text for a terminal of 80 columns.</summary>
public static partial class AboutTopic
{
    private const int Width = 79;
    private const string Indent = "    ";

    /// <summary>The topic of a page.</summary>
    /// <param name="markdown">A page: a title, a paragraph that says what it is about, and sections.</param>
    public static string Of(string markdown)
    {
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        StringBuilder text = new();
        List<string> paragraph = [];
        List<string> table = [];
        bool isCode = false;
        bool isIntroduced = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                Flush();
                isCode = !isCode;
                text.Append(isCode ? "" : "\n");
                continue;
            }

            if (isCode)
            {
                text.Append(Indent).Append(Indent).Append(line).Append('\n');
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                text.Append("TOPIC\n").Append(Indent).Append(line[2..].Trim()).Append("\n\nSHORT DESCRIPTION\n");
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                Flush();
                text.Append(isIntroduced ? "" : "LONG DESCRIPTION\n\n").Append(line[3..].Trim().ToUpperInvariant()).Append('\n');
                isIntroduced = true;
            }
            else if (line.StartsWith('|'))
            {
                FlushParagraph();
                table.Add(line);
            }
            else if (line.Length == 0)
            {
                Flush();
            }
            else
            {
                if (Item().IsMatch(line))
                {
                    FlushParagraph(endsList: false);
                }

                paragraph.Add(line.Trim());
            }
        }

        Flush();
        return string.Join('\n', text.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())) + "\n";

        void Flush()
        {
            FlushParagraph();
            if (table.Count > 0)
            {
                Rows(text, table);
                table.Clear();
            }
        }

        void FlushParagraph(bool endsList = true)
        {
            if (paragraph.Count > 0)
            {
                string joined = string.Join(' ', paragraph);
                string mark = Item().Match(joined).Value;
                Wrap(text, Indent + mark, Indent + new string(' ', mark.Length), Plain(joined[mark.Length..]));
                text.Append(endsList ? "\n" : "");
                paragraph.Clear();
            }
        }
    }

    // The first cell is the term, the others say something of it, by the heads of their columns where there are several.
    private static void Rows(StringBuilder text, List<string> table)
    {
        string[] heads = Cells(table[0]);
        foreach (string line in table.Skip(2))
        {
            string[] cells = Cells(line);
            Wrap(text, Indent, Indent + Indent, cells[0]);
            string[] said = heads.Length == 2
                ? cells[1..]
                : [.. cells.Select((cell, i) => i > 0 && cell.Length > 0 ? $"{heads[i]}: {cell}" : "").Where(cell => cell.Length > 0)];
            foreach (string sentence in said.SelectMany(cell => cell.Split("<br>")))
            {
                Wrap(text, Indent + Indent, Indent + Indent + "  ", sentence);
            }

            text.Append('\n');
        }
    }

    private static string[] Cells(string row) => [.. Divider().Split(row.Trim().Trim('|')).Select(cell => Plain(cell.Trim()))];

    private static void Wrap(StringBuilder text, string first, string further, string words)
    {
        StringBuilder line = new(first);
        bool isEmpty = true;
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(further);
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            isEmpty = false;
        }

        text.Append(line).Append('\n');
    }

    private static string Plain(string text) => Link().Replace(text, "$1")
        .Replace("`", "", StringComparison.Ordinal)
        .Replace("**", "", StringComparison.Ordinal)
        .Replace("\\|", "|", StringComparison.Ordinal)
        .Replace("&lt;", "<", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?:- |[0-9]+\. )")]
    private static partial Regex Item();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Divider();
}
