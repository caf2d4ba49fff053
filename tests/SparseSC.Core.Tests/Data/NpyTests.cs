using System.Buffers.Binary;
using System.Text;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public sealed class NpyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void BytesAreThoseOfNumpy()
    {
        // numpy.save(f, numpy.array([[1.0, 2.0]])): a 128-byte preamble, then the numbers.
        string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }".PadRight(117) + "\n";
        byte[] expected =
        [
            0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header),
            0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40,
        ];
        using MemoryStream stream = new();
        NpyWriter.Write(stream, new FeatureMatrix([1, 2], 1, 2));
        Assert.Equal(expected, stream.ToArray());
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(5, 0)]
    [InlineData(70_000, 21)]
    public void WhatIsWrittenIsRead(int rows, int columns)
    {
        Random random = new(1);
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble())];
        string path = _folder.Path("m.npy");
        NpyWriter.Write(path, new FeatureMatrix(values, rows, columns));
        FeatureMatrix matrix = MatrixReader.Read(path);
        Assert.Equal((rows, columns), (matrix.Rows, matrix.Columns));
        Assert.Equal(values, matrix.Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryVersionIsRead(int version)
    {
        byte[] file = Npy(version, "{'shape': (1, 2), 'fortran_order': False, 'descr': '<f8'}", [1.5, -2]);
        Assert.Equal([1.5, -2], MatrixReader.Read(_folder.Write("m.npy", file)).Values);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", "NpyNotSupported", "holds '<f4'; only little-endian float64")]
    [InlineData("{'descr': '>f8', 'fortran_order': False, 'shape': (1, 2), }", "NpyNotSupported", "holds '>f8'; only little-endian float64")]
    [InlineData("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }", "NpyNotSupported", "holds 'a structured type'")]
    [InlineData("{'descr': '<f8', 'fortran_order': True, 'shape': (1, 2), }", "NpyNotSupported", "is in Fortran order")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", "NpyNotSupported", "has the shape (2,)")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", "NpyNotReadable", "cut short")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", "NpyNotReadable", "goes on after")]
    [InlineData("{'descr': '<f8'}", "NpyNotReadable", "damaged")]
    public void OtherFilesAreRefusedWithTheReason(string header, string errorId, string reason)
    {
        string path = _folder.Write("m.npy", Npy(1, header, [1, 2]));
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => MatrixReader.Read(path));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NotFiniteNumbersAreNamedByRowAndColumn()
    {
        string path = _folder.Path("m.npy");
        NpyWriter.Write(path, new FeatureMatrix([1, 2, 3, double.NaN], 2, 2));
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => MatrixReader.Read(path));
        Assert.Equal($"{path}, row 2, column 2: 'NaN' is not a finite number.", error.Message);
    }

    [Fact]
    public void TextWithTheNameOfNpyIsRefused() =>
        Assert.Contains(
            "not an NPY file",
            Assert.Throws<InvalidInputException>(() => MatrixReader.Read(_folder.Write("m.npy", "1,2\n"))).Message,
            StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private static byte[] Npy(int version, string header, double[] values)
    {
        byte[] length = new byte[version == 1 ? 2 : 4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
        }

        return
        [
            0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. Encoding.ASCII.GetBytes(header),
            .. values.SelectMany(BitConverter.GetBytes),
        ];
    }
}
