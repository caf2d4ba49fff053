using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads NumPy's NPY files (versions 1.0 to 3.0) of two-dimensional, C-ordered, little-endian float64.</summary>
internal static class NpyReader
{
    private const int ChunkLength = 1 << 20;

    public static FeatureMatrix Read(string path, string? parameterName, bool allowGaps = false)
    {
        using FileStream stream = InputFile.OpenRead(path, parameterName);
        NpyHeader header = NpyHeader.Read(stream, message => new InvalidInputException("NpyNotReadable", $"{path}: {message}", parameterName));
        (int rows, int columns) = Shape(header, path, parameterName);
        double[] values = new double[rows * columns];
        for (int start = 0; start < values.Length; start += ChunkLength)
        {
            Span<double> chunk = values.AsSpan(start, Math.Min(ChunkLength, values.Length - start));
            Span<byte> bytes = MemoryMarshal.AsBytes(chunk);
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw new InvalidInputException("NpyNotReadable", $"{path} ends before its {rows}×{columns} numbers do; it was cut short.", parameterName);
            }

            if (!BitConverter.IsLittleEndian)
            {
                Span<long> words = MemoryMarshal.Cast<double, long>(chunk);
                BinaryPrimitives.ReverseEndianness(words, words);
            }

            RequireFinite(chunk, start, columns, allowGaps, path, parameterName);
        }

        return stream.ReadByte() < 0
            ? new FeatureMatrix(values, rows, columns)
            : throw new InvalidInputException("NpyNotReadable", $"{path} goes on after its {rows}×{columns} numbers.", parameterName);
    }

    private static (int Rows, int Columns) Shape(NpyHeader header, string path, string? parameterName)
    {
        InvalidInputException Error(string message) => new("NpyNotSupported", $"{path} {message}", parameterName);
        string shape = $"({string.Join(", ", header.Shape)}{(header.Shape.Length == 1 ? "," : "")})";
        if (header.Descr != "<f8")
        {
            throw Error($"holds '{header.Descr}'; only little-endian float64 ('<f8') is read. Save it with .astype('<f8').");
        }

        if (header.Shape.Length != 2)
        {
            throw Error($"has the shape {shape}; a matrix of two dimensions is needed.");
        }

        if (header.FortranOrder)
        {
            throw Error("is in Fortran order; only C order is read. Save it with numpy.ascontiguousarray.");
        }

        long rows = header.Shape[0];
        long columns = header.Shape[1];
        return rows <= int.MaxValue && columns <= int.MaxValue && rows * columns <= Array.MaxLength
            ? ((int)rows, (int)columns)
            : throw Error($"has the shape {shape}; a matrix may have at most {Array.MaxLength:N0} numbers.");
    }

    private static void RequireFinite(ReadOnlySpan<double> chunk, int start, int columns, bool allowGaps, string path, string? parameterName)
    {
        for (int i = 0; i < chunk.Length; i++)
        {
            if (!double.IsFinite(chunk[i]) && !(allowGaps && double.IsNaN(chunk[i])))
            {
                (int row, int column) = Math.DivRem(start + i, columns);
                string text = chunk[i].ToString(System.Globalization.CultureInfo.InvariantCulture);
                throw new InvalidInputException(
                    "NumberNotFinite",
                    $"{path}, row {row + 1}, column {column + 1}: '{text}' is not a finite number.",
                    parameterName);
            }
        }
    }
}
