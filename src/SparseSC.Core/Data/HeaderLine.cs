using System.Globalization;

namespace SparseSC.Core.Data;

/// <summary>The first line of a matrix, which may hold names instead of the numbers of a unit.</summary>
/// <remarks>
/// Taking a header for numbers makes a unit up, taking numbers for a header loses one, and neither shows in the result. So a line
/// of numbers counts as names only where chance does not write it: see <see cref="MatrixReader.Read(string, string?)"/> for the rule.
/// </remarks>
internal sealed class HeaderLine
{
    private const int FirstYear = 1500;
    private const int LastYear = 2500;
    private const int LongestStep = 10;

    private readonly bool[] _quoted;
    private readonly bool _isWhole;
    private readonly int _yearStep;

    /// <summary>Looks at the reader's current record.</summary>
    public HeaderLine(CsvReader reader)
    {
        Names = new string[reader.FieldCount];
        _quoted = new bool[reader.FieldCount];
        bool hasText = false;
        bool isData = false;
        bool hasGap = false;
        for (int column = 0; column < Names.Length; column++)
        {
            ReadOnlySpan<byte> cell = reader.Field(column);
            Names[column] = reader.Text(column).Trim();
            _quoted[column] = reader.IsQuoted(column);
            if (NumberText.TryParse(cell, out double value) || NumberText.IsInfinity(cell))
            {
                isData |= !double.IsInteger(value) || NumberText.IsInfinity(cell);
            }
            else if (NumberText.IsMissing(cell))
            {
                hasGap = true;
            }
            else
            {
                hasText = true;
            }
        }

        // Names of years are whole numbers, so a header may mix them with text; a fraction beside text is a row with a fault in it.
        IsText = hasText && !isData;
        _isWhole = !hasText && !isData && !hasGap;
        _yearStep = _isWhole ? YearStep(Names) : 0;
    }

    /// <summary>The cells as text.</summary>
    public string[] Names { get; }

    /// <summary>Whether there is text among the cells, which settles that they are names.</summary>
    public bool IsText { get; }

    /// <summary>Whether whole numbers are quoted here that the reader's current record, the second, leaves bare.</summary>
    /// <remarks>Where both are quoted the writer quotes everything, and quotes say nothing.</remarks>
    public bool IsQuotedUnlike(CsvReader second)
    {
        for (int column = 0; _isWhole && column < Math.Min(_quoted.Length, second.FieldCount); column++)
        {
            if (_quoted[column] && !second.IsQuoted(column))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether these are years and the <paramref name="rows"/> below are something else.</summary>
    public bool IsYearsAbove(ReadOnlySpan<double> rows)
    {
        if (_yearStep == 0 || rows.IsEmpty)
        {
            return false;
        }

        int columns = Names.Length;
        int alike = 0;
        int outside = 0;
        bool hasFraction = false;
        for (int start = 0; start < rows.Length; start += columns)
        {
            ReadOnlySpan<double> row = rows.Slice(start, columns);
            alike += RisesBy(_yearStep, row) ? 1 : 0;
            foreach (double value in row)
            {
                hasFraction |= value != Math.Floor(value);
                outside += value is < FirstYear or > LastYear ? 1 : 0;
            }
        }

        bool dataRisesToo = alike * 2 >= rows.Length / columns;
        return !dataRisesToo && (hasFraction || outside > rows.Length / 2);
    }

    private static int YearStep(string[] cells)
    {
        int step = 0;
        int before = 0;
        for (int column = 0; column < cells.Length; column++)
        {
            // 1997.0 is a number, not the name of a year.
            if (!int.TryParse(cells[column], NumberStyles.None, CultureInfo.InvariantCulture, out int year)
                || year is < FirstYear or > LastYear
                || (column > 1 && year - before != step))
            {
                return 0;
            }

            step = column == 0 ? 0 : year - before;
            before = year;
        }

        // Any two rising numbers have a step.
        return step >= 1 && step <= (cells.Length == 2 ? 1 : LongestStep) ? step : 0;
    }

    private static bool RisesBy(int step, ReadOnlySpan<double> row)
    {
        for (int column = 1; column < row.Length; column++)
        {
            if (Math.Abs(row[column] - row[column - 1] - step) > 1e-9)
            {
                return false;
            }
        }

        return true;
    }
}
