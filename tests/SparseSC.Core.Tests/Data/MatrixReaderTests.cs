using System.Diagnostics;
using System.Globalization;
using System.Text;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public sealed class MatrixReaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void PlainNumbersAreRowsOfUnits()
    {
        FeatureMatrix matrix = MatrixReader.Read(folder.Write("m.csv", "1, 2.5,-3e-2\r\n+4,0,\"6\"\r\n\r\n"));
        Assert.Equal((2, 3), (matrix.Rows, matrix.Columns));
        Assert.Equal([1, 2.5, -0.03, 4, 0, 6], matrix.Values);
        Assert.Null(matrix.ColumnNames);
    }

    [Theory]
    [InlineData("beer,retprice\n1,2\n", "beer", "retprice")]
    [InlineData("beer,1970\n1,2\n", "beer", "1970")]
    public void HeaderIsRecognisedAndKept(string text, params string[] names)
    {
        FeatureMatrix matrix = MatrixReader.Read(folder.Write("m.csv", text));
        Assert.Equal(names, matrix.ColumnNames);
        Assert.Equal([1, 2], matrix.Values);
    }

    [Fact]
    public void BlankLinesOnlyAreUnitsWithoutFeatures()
    {
        FeatureMatrix matrix = MatrixReader.Read(folder.Write("m.csv", "\n\n\n"));
        Assert.Equal((3, 0), (matrix.Rows, matrix.Columns));
    }

    [Theory]
    [InlineData("1,2\n3,NaN\n", "NumberNotFinite", "line 2, column 2: 'NaN' is not a finite number.")]
    [InlineData("1,nan\n3,4\n", "NumberNotFinite", "line 1, column 2: 'nan' is not a finite number.")]
    [InlineData("inf,2\n3,4\n", "NumberNotFinite", "line 1, column 1: 'inf' is not a finite number.")]
    [InlineData("1,2\n3,-Infinity\n", "NumberNotFinite", "line 2, column 2: '-Infinity' is not a finite number.")]
    [InlineData("1,2\n3,1e999\n", "NumberNotFinite", "line 2, column 2: '1e999' is not a finite number.")]
    [InlineData("a,b\n1,2\n3, \n", "BlankCell", "line 3, column 2 ('b'): the cell is blank; a number must stand there.")]
    [InlineData(",2\n3,4\n", "BlankCell", "line 1, column 1: the cell is blank; a number must stand there.")]
    [InlineData("1,2\nx,4\n", "NotANumber", "line 2, column 1: 'x' is not a number.")]
    [InlineData("x,1.5\n3,4\n", "NotANumber", "line 1, column 1: 'x' is not a number.")]
    [InlineData("1,2\n3\n", "RaggedRow", "line 2: 1 number where the lines before have 2 numbers.")]
    [InlineData("1,2\n3,4,5\n", "RaggedRow", "line 2: 3 numbers where the lines before have 2 numbers.")]
    [InlineData("1,2\n\n3,4\n", "BlankLine", "line 2: the line is blank, but rows follow it.")]
    public void FaultsNameFileLineAndColumn(string text, string errorId, string message)
    {
        string path = folder.Write("m.csv", text);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => MatrixReader.Read(path, "Features"));
        Assert.Equal($"{path}, {message}", error.Message);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal("Features", error.ParameterName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n")]
    public void NoRowsIsAnError(string text) =>
        Assert.Equal("EmptyFile", Assert.Throws<InvalidInputException>(() => MatrixReader.Read(folder.Write("m.csv", text))).ErrorId);

    [Fact]
    public void NumbersDoNotDependOnTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo decimalComma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        decimalComma.NumberFormat.NumberDecimalSeparator = ",";
        decimalComma.NumberFormat.NumberGroupSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = decimalComma;
            Assert.Equal([1.5, 2.25], MatrixReader.Read(folder.Write("m.csv", "1.5,2.25\n")).Values);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void EveryBitSurvivesTextAndALargeFileIsReadInSeconds()
    {
        const int Rows = 20_000;
        const int Columns = 60;
        Random random = new(7);
        double[] values = new double[Rows * Columns];
        StringBuilder text = new();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            text.Append(CultureInfo.InvariantCulture, $"{values[i]:R}").Append(i % Columns == Columns - 1 ? '\n' : ',');
        }

        string path = folder.Write("large.csv", text.ToString());
        Stopwatch watch = Stopwatch.StartNew();
        FeatureMatrix matrix = MatrixReader.Read(path);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"1.2 million numbers took {watch.Elapsed}.");
        Assert.Equal(values, matrix.Values);
    }

    public void Dispose() => folder.Dispose();
}
