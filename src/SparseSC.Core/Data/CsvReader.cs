using System.Buffers;
using System.Text;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads the records of a UTF-8 or UTF-16 CSV stream (RFC 4180) one at a time, without making strings of them.</summary>
/// <remarks>Lines end with <c>\n</c>, <c>\r\n</c> or <c>\r</c>; a byte order mark is skipped.</remarks>
public sealed class CsvReader : IDisposable
{
    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t'];
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private Stream _stream;
    private readonly string _source;
    private readonly string? _parameterName;
    private byte[] _buffer = new byte[1 << 18];
    private FieldSpan[] _fields = new FieldSpan[16];
    private int _filled;
    private int _next;
    private int _nextLine = 1;
    private byte? _delimiter;
    private SearchValues<byte> _fieldEnd = SearchValues.Create(",\r\n"u8);
    private bool _atEnd;
    private bool _started;

    /// <summary>Reads from <paramref name="stream"/>, which is disposed with this reader.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="source">How messages call the stream, usually its path.</param>
    /// <param name="parameterName">The option the file was given by.</param>
    /// <param name="delimiter">What separates fields: <c>,</c>, <c>;</c> or a tab; <c>null</c> for whichever the first line has most of.</param>
    public CsvReader(Stream stream, string source, string? parameterName = null, char? delimiter = ',')
    {
        _delimiter = (byte?)delimiter;
        _stream = stream ?? throw new ArgumentNullException(nameof(stream));
        _source = source;
        _parameterName = parameterName;
    }

    /// <summary>Line on which the current record starts, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Fields of the current record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>Whether the current record is a line with nothing on it.</summary>
    public bool IsBlankLine => FieldCount == 1 && _fields[0].Length == 0 && !_fields[0].Quoted;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidInputException">The file is missing or cannot be read.</exception>
    public static CsvReader Open(string path, string? parameterName = null) =>
        new(InputFile.OpenRead(path, parameterName), path, parameterName, delimiter: null);

    /// <summary>Goes to the next record; <c>false</c> at the end.</summary>
    /// <exception cref="InvalidInputException">The text is not CSV.</exception>
    public bool Read()
    {
        if (!_started)
        {
            _started = true;
            SkipByteOrderMark();
            ReadFirstLine();
            SkipSeparatorLine();
            ChooseDelimiter();
        }

        while (true)
        {
            if (_next == _filled && _atEnd)
            {
                FieldCount = 0;
                return false;
            }

            if (TryScanRecord())
            {
                return true;
            }

            Fill();
        }
    }

    /// <summary>The bytes of a field, without quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Field(int index)
    {
        FieldSpan field = _fields[index];
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(field.Start, field.Length);
        return field.HasDoubledQuotes ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\"\"", "\"", StringComparison.Ordinal)) : bytes;
    }

    /// <summary>Whether a field stands in quotes.</summary>
    public bool IsQuoted(int index) => _fields[index].Quoted;

    /// <summary>A field as text.</summary>
    /// <exception cref="InvalidInputException">The bytes are not UTF-8.</exception>
    public string Text(int index)
    {
        ReadOnlySpan<byte> bytes = Field(index);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Error(
                "CsvNotUtf8",
                $"the text is not UTF-8; read as Latin-1 it says '{Encoding.Latin1.GetString(bytes)}'. Save the file as UTF-8, for example by iconv -f latin1 -t utf-8.");
        }
    }

    /// <summary>An error that names the file and a line, the current one unless told otherwise.</summary>
    public InvalidInputException Error(string errorId, string message, int? line = null) =>
        new(errorId, $"{_source}, line {line ?? Line}: {message}", _parameterName);

    /// <summary>An error that names the file, the current line and a column.</summary>
    public InvalidInputException Error(string errorId, string message, int column, string? columnName) =>
        new(errorId, $"{_source}, line {Line}, column {column + 1}{(columnName is null ? "" : $" ('{columnName}')")}: {message}", _parameterName);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    // Finds the fields of the record that starts at `next`; false when its end is not in the buffer yet.
    private bool TryScanRecord()
    {
        ReadOnlySpan<byte> data = _buffer.AsSpan(0, _filled);
        int position = _next;
        int extraLines = 0;
        int count = 0;
        Line = _nextLine;
        while (true)
        {
            FieldSpan field;
            int end;
            if (position < _filled && data[position] == (byte)'"')
            {
                if (!TryScanQuoted(data, position, out field, out end, ref extraLines))
                {
                    return false;
                }
            }
            else
            {
                int length = data[position..].IndexOfAny(_fieldEnd);
                if (length < 0 && !_atEnd)
                {
                    return false;
                }

                end = length < 0 ? _filled : position + length;
                field = new FieldSpan(position, end - position, false, false);
            }

            // Whether a lone \r ends the line or starts \r\n shows only with the next byte.
            if (end == _filled ? !_atEnd : data[end] == (byte)'\r' && end + 1 == _filled && !_atEnd)
            {
                return false;
            }

            if (count == _fields.Length)
            {
                Array.Resize(ref _fields, count * 2);
            }

            _fields[count++] = field;
            if (end < _filled && data[end] == _delimiter)
            {
                position = end + 1;
                continue;
            }

            _next = end == _filled ? _filled : end + (data[end] == (byte)'\r' && end + 1 < _filled && data[end + 1] == (byte)'\n' ? 2 : 1);
            _nextLine += 1 + extraLines;
            FieldCount = count;
            return true;
        }
    }

    private bool TryScanQuoted(ReadOnlySpan<byte> data, int start, out FieldSpan field, out int end, ref int extraLines)
    {
        bool doubled = false;
        int position = start + 1;
        field = default;
        end = 0;
        while (true)
        {
            int offset = data[position..].IndexOf((byte)'"');
            if (offset < 0 || (position + offset + 1 == data.Length && !_atEnd))
            {
                return offset < 0 && _atEnd ? throw Error("CsvMalformed", "a quoted field is never closed.") : false;
            }

            position += offset + 1;
            if (position < data.Length && data[position] == (byte)'"')
            {
                doubled = true;
                position++;
                continue;
            }

            break;
        }

        if (position < data.Length && data[position] != _delimiter && data[position] is not ((byte)'\r' or (byte)'\n'))
        {
            throw Error("CsvMalformed", "text follows the closing quote of a field; a quote inside a quoted field is written twice.");
        }

        field = new FieldSpan(start + 1, position - start - 2, true, doubled);
        extraLines += data.Slice(field.Start, field.Length).Count((byte)'\n');
        end = position;
        return true;
    }

    private void ReadFirstLine()
    {
        while (!_atEnd && _buffer.AsSpan(_next, _filled - _next).IndexOfAny("\r\n"u8) < 0)
        {
            Fill();
        }
    }

    // Excel is told the separator by a line of its own, such as sep=; before the header.
    private void SkipSeparatorLine()
    {
        ReadOnlySpan<byte> data = _buffer.AsSpan(_next, _filled - _next);
        int length = data.IndexOfAny("\r\n"u8);
        ReadOnlySpan<byte> line = length < 0 ? [] : data[..length].Trim((byte)'"');
        if (line.Length == 5 && System.Text.Ascii.EqualsIgnoreCase(line[..4], "sep="u8))
        {
            // Fields of a reader that was told what separates them are separated by that.
            _delimiter ??= line[4];
            _next += length + (data[length] == (byte)'\r' && length + 1 < data.Length && data[length + 1] == (byte)'\n' ? 2 : 1);
            _nextLine++;
        }
    }

    // A comma wins a tie, and where there is none of the three.
    private void ChooseDelimiter()
    {
        ReadFirstLine();
        if (_delimiter is null)
        {
            int[] counts = new int[Delimiters.Length];
            bool isQuoted = false;
            for (int i = _next; i < _filled && (isQuoted || _buffer[i] is not ((byte)'\r' or (byte)'\n')); i++)
            {
                isQuoted ^= _buffer[i] == (byte)'"';
                int kind = isQuoted ? -1 : Array.IndexOf(Delimiters, _buffer[i]);
                if (kind >= 0)
                {
                    counts[kind]++;
                }
            }

            _delimiter = Delimiters[Array.IndexOf(counts, counts.Max())];
        }

        _fieldEnd = SearchValues.Create([_delimiter.Value, (byte)'\r', (byte)'\n']);
    }

    private void Fill()
    {
        int kept = _filled - _next;
        byte[] destination = kept > _buffer.Length / 2 ? new byte[checked(_buffer.Length * 2)] : _buffer;
        _buffer.AsSpan(_next, kept).CopyTo(destination);
        _buffer = destination;
        _next = 0;
        _filled = kept;
        int read = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        _atEnd = read == 0;
    }

    private void SkipByteOrderMark()
    {
        while (_filled < 4 && !_atEnd)
        {
            Fill();
        }

        ReadOnlySpan<byte> head = _buffer.AsSpan(0, _filled);
        if (head.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            _next = 3;
        }
        else if (Utf16Stream.Detect(head, out int markLength) is { } encoding)
        {
            _stream = Utf16Stream.AsUtf8(head[markLength..], _stream, encoding);
            (_filled, _atEnd) = (0, false);
        }
        else if (head.StartsWith<byte>([0x1F, 0x8B]))
        {
            Line = 1;
            throw Error("CsvMalformed", "the file is compressed by gzip; unpack it first.");
        }
        else if (head.StartsWith("PAR1"u8))
        {
            throw new InvalidInputException("CsvMalformed", $"{_source} is Parquet, not CSV. Write it as CSV first.", _parameterName);
        }
        else if (head.StartsWith<byte>([0x93, (byte)'N', (byte)'U']))
        {
            throw new InvalidInputException("CsvMalformed", $"{_source} is NPY, not CSV. Give it as a file whose name ends in .npy.", _parameterName);
        }
    }

    private readonly record struct FieldSpan(int Start, int Length, bool Quoted, bool HasDoubledQuotes);
}
