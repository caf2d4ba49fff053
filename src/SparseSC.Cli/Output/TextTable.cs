namespace SparseSC.Cli.Output;

/// <summary>Rows of text in aligned columns.</summary>
internal sealed class TextTable
{
    private const int Indent = 2;
    private const int Gutter = 3;
    private const int WidestCell = 32;

    private readonly bool[] _isRight;
    private readonly List<string[]> _rows = [];

    /// <summary>Creates a table; in <paramref name="alignment"/> each character is a column: <c>l</c> left, <c>r</c> right.</summary>
    public TextTable(string alignment) => _isRight = [.. alignment.Select(letter => letter == 'r')];

    /// <summary>Adds a row; cells too wide are cut.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Cut)]);

    /// <summary>Writes the rows, without blanks at their ends.</summary>
    public void Write(TextWriter writer)
    {
        int[] widths = [.. _isRight.Select((_, column) => _rows.Max(row => column < row.Length ? row[column].Length : 0))];
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => _isRight[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            writer.WriteLine((new string(' ', Indent) + string.Join(new string(' ', Gutter), cells)).TrimEnd());
        }
    }

    private static string Cut(string text) => text.Length <= WidestCell ? text : string.Concat(text.AsSpan(0, WidestCell - 1), "…");
}
