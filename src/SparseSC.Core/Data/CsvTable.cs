using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>A CSV file with a header row, read one record at a time.</summary>
public sealed class CsvTable : IDisposable
{
    private readonly CsvReader _reader;
    private readonly string[] _columns;

    private bool _isPending;

    private CsvTable(CsvReader reader, string[] columns)
    {
        _reader = reader;
        _columns = columns;
        _isPending = ReadRecord();
        FirstRecordIsNumbered = _isPending && _reader.Field(0).SequenceEqual("1"u8);
        if (_isPending && _reader.FieldCount == _columns.Length + 1 && FirstRecordIsNumbered && !_reader.Field(_columns.Length).IsEmpty)
        {
            // R's write.table names no column for the numbers of rows that it writes.
            _columns = ["", .. _columns];
        }
    }

    /// <summary>Names of the columns, from the header row.</summary>
    public IReadOnlyList<string> ColumnNames => _columns;

    /// <summary>Line on which the current record starts, from 1 (the header's).</summary>
    public int Line => _reader.Line;

    /// <summary>The place of a column.</summary>
    /// <param name="name">The column.</param>
    /// <param name="parameterName">The option that wants it, for errors.</param>
    /// <exception cref="InvalidInputException">There is no such column.</exception>
    internal int Require(string name, string parameterName)
    {
        char? separator = _columns is [{ Length: > 0 } only] && only != name ? SeparatorOf(only) : null;
        return separator is null
            ? Names.RequireColumn(_columns, name, parameterName)
            : throw new InvalidInputException(
                "DelimiterUnlike",
                $"{{{parameterName}}}: there is no column '{name}': the header is one column, '{_columns[0]}'. If '{Say(separator.Value)}' separates its "
                    + "fields, give it as {Delimiter}.",
                parameterName);
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameterName">The option it was given by.</param>
    /// <param name="delimiter">What separates fields; <c>null</c> for whichever of comma, semicolon and tab the header has most of.</param>
    /// <exception cref="InvalidInputException">The file is missing, empty, or names a column twice.</exception>
    public static CsvTable Open(string path, string? parameterName = null, char? delimiter = null) =>
        Open(InputFile.OpenRead(path, parameterName), path, parameterName, delimiter);

    /// <summary>Reads the header of <paramref name="stream"/>, which is disposed with the table.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="source">How messages call the stream.</param>
    /// <param name="parameterName">The option it was given by.</param>
    /// <param name="delimiter">What separates fields; <c>null</c> for whichever of comma, semicolon and tab the header has most of.</param>
    /// <exception cref="InvalidInputException">The stream is empty, or names a column twice.</exception>
    internal static CsvTable Open(Stream stream, string source, string? parameterName, char? delimiter = null) =>
        Open(new CsvReader(stream, source, parameterName, delimiter), source, parameterName);

    private static CsvTable Open(CsvReader reader, string source, string? parameterName)
    {
        try
        {
            return new CsvTable(reader, ReadHeader(reader, source, parameterName));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Whether the first record starts with 1, as the numbers of rows do that R writes.</summary>
    internal bool FirstRecordIsNumbered { get; }

    /// <summary>Goes to the next record, skipping blank lines; <c>false</c> at the end.</summary>
    /// <exception cref="InvalidInputException">The record has more or fewer fields than the header.</exception>
    public bool Read()
    {
        // The first record was looked at when the header was read.
        bool isThere = _isPending || ReadRecord();
        _isPending = false;
        return !isThere || _reader.FieldCount == _columns.Length
            ? isThere
            : throw _reader.Error("RaggedRow", $"{Fields(_reader.FieldCount)} where the header names {Fields(_columns.Length)}.");
    }

    /// <summary>A field of the current record as text.</summary>
    public string Text(int column) => _reader.Text(column);

    /// <summary>The bytes of a field of the current record.</summary>
    public ReadOnlySpan<byte> Field(int column) => _reader.Field(column);

    /// <summary>An error that names the file, the current line and a column.</summary>
    public InvalidInputException Error(string errorId, string message, int column) => _reader.Error(errorId, message, column, _columns[column]);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private bool ReadRecord()
    {
        while (_reader.Read())
        {
            // With one column a blank line is a record whose only value is missing.
            if (_columns.Length == 1 || !IsBlank())
            {
                return true;
            }
        }

        return false;
    }

    // Spreadsheets write lines of separators alone for rows that once held something.
    private bool IsBlank()
    {
        for (int column = 0; column < _reader.FieldCount; column++)
        {
            if (_reader.IsQuoted(column) || !_reader.Field(column).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private static string[] ReadHeader(CsvReader reader, string path, string? parameterName)
    {
        bool isThere = reader.Read();
        while (isThere && reader.IsBlankLine)
        {
            isThere = reader.Read();
        }

        if (!isThere)
        {
            throw new InvalidInputException("EmptyFile", $"{path} is empty; its first line must name the columns.", parameterName);
        }

        string[] names = new string[reader.FieldCount];
        Dictionary<string, int> seen = [];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = reader.Text(i).Trim();
            if (!seen.TryAdd(names[i], i) && names[i].Length > 0)
            {
                throw reader.Error("DuplicateColumn", $"the name stands in column {seen[names[i]] + 1} already.", i, names[i]);
            }
        }

        return names;
    }

    // The sign that the one column has most of; words of a name are separated by blanks and underscores, too, so these are no sign.
    private static char? SeparatorOf(string header) => header
        .Where(letter => char.IsAscii(letter) && !char.IsLetterOrDigit(letter) && letter is not ('_' or ' ' or '-' or '"' or '(' or ')'))
        .GroupBy(letter => letter)
        .OrderByDescending(group => group.Count())
        .Select(group => (char?)group.Key)
        .FirstOrDefault();

    private static string Say(char separator) => separator == '\t' ? "tab" : $"{separator}";

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";
}
