using System.Text;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Collects the rows of a CSV as numbers.</summary>
internal sealed class CsvMatrix
{
    private readonly CsvReader _reader;
    private double[] _values;
    private int _used;

    public CsvMatrix(CsvReader reader, int columns)
    {
        _reader = reader;
        Columns = columns;
        _values = new double[Math.Max(columns * 16, 1024)];
    }

    public int Columns { get; }

    public int Rows { get; private set; }

    /// <summary>Names of the columns, when they are known.</summary>
    public string[]? Names { get; set; }

    /// <summary>All numbers but those of the first row.</summary>
    public ReadOnlySpan<double> RowsFromSecond => _values.AsSpan(Columns, _used - Columns);

    /// <summary>Removes the first row, which turned out to hold names.</summary>
    public void TakeFirstRowAs(string[] names)
    {
        RowsFromSecond.CopyTo(_values);
        _used -= Columns;
        Rows--;
        Names = names;
    }

    /// <summary>Appends the reader's current record.</summary>
    public void AddRow()
    {
        if (_reader.FieldCount != Columns)
        {
            throw _reader.Error("RaggedRow", $"{Numbers(_reader.FieldCount)} where the lines before have {Numbers(Columns)}.");
        }

        if (_values.Length - _used < Columns)
        {
            Grow();
        }

        for (int column = 0; column < Columns; column++)
        {
            ReadOnlySpan<byte> cell = _reader.Field(column);
            if (!NumberText.TryParse(cell, out double value) || !double.IsFinite(value))
            {
                throw NotANumber(cell, column);
            }

            _values[_used++] = value;
        }

        Rows++;
    }

    public FeatureMatrix ToMatrix()
    {
        Array.Resize(ref _values, _used);
        return new FeatureMatrix(_values, Rows, Columns, columnNames: Names);
    }

    private void Grow()
    {
        if (_used > Array.MaxLength - Columns)
        {
            throw _reader.Error("MatrixTooLarge", $"a matrix may have at most {Array.MaxLength:N0} numbers.");
        }

        Array.Resize(ref _values, (int)Math.Min(_values.LongLength * 2, Array.MaxLength));
    }

    private InvalidInputException NotANumber(ReadOnlySpan<byte> cell, int column)
    {
        string text = Encoding.UTF8.GetString(cell);
        string? name = Names?[column];
        if (string.IsNullOrWhiteSpace(text))
        {
            return _reader.Error("BlankCell", "the cell is blank; a number must stand there.", column, name);
        }

        return NumberText.TryParse(cell, out _) || NumberText.IsInfinity(cell) || NumberText.IsMissing(cell)
            ? _reader.Error("NumberNotFinite", $"'{text}' is not a finite number.", column, name)
            : _reader.Error("NotANumber", $"'{text}' is not a number.", column, name);
    }

    private static string Numbers(int count) => count == 1 ? "1 number" : $"{count} numbers";
}
