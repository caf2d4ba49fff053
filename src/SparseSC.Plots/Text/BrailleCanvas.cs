namespace SparseSC.Plots.Text;

/// <summary>Dots in cells of braille characters, two wide and four high, each cell in one colour.</summary>
/// <param name="columns">Characters in a line.</param>
/// <param name="lines">Lines.</param>
internal sealed class BrailleCanvas(int columns, int lines)
{
    private const char Blank = '\u2800';

    // The bit of a dot by its row and column in a cell, as Unicode has them.
    private static readonly int[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int[,] _dots = new int[lines, columns];
    private readonly TextColour[,] _colours = new TextColour[lines, columns];

    /// <summary>Dots in a line.</summary>
    public int Width => columns * 2;

    /// <summary>Dots from top to bottom.</summary>
    public int Height => lines * 4;

    /// <summary>Sets a dot; one outside is left out.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From the top.</param>
    /// <param name="colour">Of its cell, which a later dot may change unless it is of a rule.</param>
    public void Set(int x, int y, TextColour colour)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
        {
            return;
        }

        _dots[y / 4, x / 2] |= Bits[y % 4, x % 2];
        if (colour != TextColour.Rule || _colours[y / 4, x / 2] == TextColour.None)
        {
            _colours[y / 4, x / 2] = colour;
        }
    }

    /// <summary>Draws a line, whole or with a gap in every six dots.</summary>
    public void Line((double X, double Y) from, (double X, double Y) to, TextColour colour, bool isDashed)
    {
        int steps = (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (int i = 0; i <= steps; i++)
        {
            double share = steps == 0 ? 0 : i / (double)steps;
            int x = (int)Math.Round(from.X + (share * (to.X - from.X)));
            if (!isDashed || x % 6 < 3)
            {
                Set(x, (int)Math.Round(from.Y + (share * (to.Y - from.Y))), colour);
            }
        }
    }

    /// <summary>The characters of a line with their colours.</summary>
    public IEnumerable<(char Character, TextColour Colour)> Row(int line) => Enumerable.Range(0, columns)
        .Select(column => ((char)(Blank + _dots[line, column]), _colours[line, column]));
}
