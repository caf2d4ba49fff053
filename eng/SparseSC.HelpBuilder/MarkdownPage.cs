namespace SparseSC.HelpBuilder;

/// <summary>A page of docs: a title, a synopsis, and sections with headings of two and three signs.</summary>
public sealed class MarkdownPage
{
    private readonly Dictionary<string, List<string>> _sections = [];

    /// <summary>The first heading.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The paragraph under the title.</summary>
    public string Synopsis => string.Join(' ', Paragraphs(Section("")));

    /// <summary>The paragraphs of the description.</summary>
    public IReadOnlyList<string> Description => Paragraphs(Section("Description"));

    /// <summary>The paragraphs of each parameter, by name without a dash.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters =>
        Parts("Parameters").ToDictionary(part => part.Heading.TrimStart('-'), part => Paragraphs(part.Lines));

    /// <summary>The examples, in order.</summary>
    public IReadOnlyList<PageExample> Examples => [.. Parts("Examples").Select(part => PageExample.Of(part.Heading, part.Lines))];

    /// <summary>The paragraphs on what goes in.</summary>
    public IReadOnlyList<string> Inputs => Paragraphs(Section("Inputs"));

    /// <summary>The paragraphs on what comes out.</summary>
    public IReadOnlyList<string> Outputs => Paragraphs(Section("Outputs"));

    /// <summary>The paragraphs of notes.</summary>
    public IReadOnlyList<string> Notes => Paragraphs(Section("Notes"));

    /// <summary>Reads a page.</summary>
    public static MarkdownPage Read(string path)
    {
        MarkdownPage page = new();
        string section = "";
        bool isCode = false;
        foreach (string line in File.ReadLines(path))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isCode && line.StartsWith("# ", StringComparison.Ordinal))
            {
                page.Title = line[2..].Trim();
            }
            else if (!isCode && line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..].Trim();
            }
            else
            {
                if (!page._sections.TryGetValue(section, out List<string>? lines))
                {
                    page._sections.Add(section, lines = []);
                }

                lines.Add(line);
            }
        }

        return page;
    }

    internal static IReadOnlyList<string> Paragraphs(IReadOnlyList<string> lines)
    {
        List<string> paragraphs = [];
        List<string> current = [];
        foreach (string line in lines.Append(""))
        {
            bool isItem = line.StartsWith("- ", StringComparison.Ordinal);
            if ((line.Length == 0 || isItem) && current.Count > 0)
            {
                paragraphs.Add(Plain(string.Join(' ', current)));
                current = [];
            }

            if (line.Length > 0)
            {
                current.Add(line.Trim());
            }
        }

        return paragraphs;
    }

    // Help is shown as plain text: code marks go, links keep their words.
    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\[([^\]]+)\]\([^)]+\)", "$1")
        .Replace("`", "", StringComparison.Ordinal)
        .Replace("**", "", StringComparison.Ordinal);

    private List<string> Section(string name) => _sections.GetValueOrDefault(name) ?? [];

    private List<(string Heading, List<string> Lines)> Parts(string section)
    {
        List<(string Heading, List<string> Lines)> parts = [];
        foreach (string line in Section(section))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                parts.Add((line[4..].Trim(), []));
            }
            else if (parts.Count > 0)
            {
                parts[^1].Lines.Add(line);
            }
        }

        return parts;
    }
}

/// <summary>One example: what it shows, the code, and what to say about it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The code.</param>
/// <param name="Remarks">Paragraphs around the code.</param>
public sealed record PageExample(string Title, string Code, IReadOnlyList<string> Remarks)
{
    internal static PageExample Of(string title, IReadOnlyList<string> lines)
    {
        List<string> code = [];
        List<string> remarks = [];
        bool isCode = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else
            {
                (isCode ? code : remarks).Add(line);
            }
        }

        return new PageExample(title, string.Join(Environment.NewLine, code), MarkdownPage.Paragraphs(remarks));
    }
}
