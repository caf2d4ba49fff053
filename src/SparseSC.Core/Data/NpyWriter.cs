using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SparseSC.Core.Data;

/// <summary>Writes a matrix as NumPy's <c>save</c> does: NPY 1.0, little-endian float64, C order.</summary>
/// <remarks>The same matrix always gives the same bytes.</remarks>
public static class NpyWriter
{
    private const int Alignment = 64;
    private const int ChunkLength = 1 << 16;

    // numpy leaves room for the first dimension to grow to this many digits.
    private const int GrowthDigits = 21;

    /// <summary>Writes a file (under a temporary name, then renamed).</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, FeatureMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        AtomicFile.Write(path, stream => Write(stream, matrix));
    }

    /// <summary>Writes to a stream.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, FeatureMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(matrix);
        stream.Write(Header(matrix.Rows, matrix.Columns));
        for (int start = 0; start < matrix.Values.Length; start += ChunkLength)
        {
            ReadOnlySpan<double> chunk = matrix.Values.AsSpan(start, Math.Min(ChunkLength, matrix.Values.Length - start));
            if (BitConverter.IsLittleEndian)
            {
                stream.Write(MemoryMarshal.AsBytes(chunk));
            }
            else
            {
                long[] words = new long[chunk.Length];
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<double, long>(chunk), words);
                stream.Write(MemoryMarshal.AsBytes<long>(words));
            }
        }
    }

    private static byte[] Header(int rows, int columns)
    {
        string rowsText = rows.ToString(CultureInfo.InvariantCulture);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rowsText}, {columns}), }}{new string(' ', GrowthDigits - rowsText.Length)}");
        int prefix = NpyHeader.Magic.Length + 4;

        // numpy's arithmetic: the newline is part of the header, and a full block of padding is added where none is needed.
        int padding = Alignment - ((prefix + text.Length + 1) % Alignment);
        byte[] header = new byte[prefix + text.Length + padding + 1];
        header.AsSpan().Fill((byte)' ');
        NpyHeader.Magic.CopyTo(header);
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(header.Length - prefix));
        Encoding.ASCII.GetBytes(text, header.AsSpan(prefix));
        header[^1] = (byte)'\n';
        return header;
    }
}
