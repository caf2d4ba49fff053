using System.Globalization;
using System.Text;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public sealed class MatrixReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void PlainNumbersAreRowsOfUnits()
    {
        FeatureMatrix matrix = MatrixReader.Read(_folder.Write("m.csv", "1, 2.5,-3e-2\r\n+4,0,\"6\"\r\n\r\n"));
        Assert.Equal((2, 3), (matrix.Rows, matrix.Columns));
        Assert.Equal([1, 2.5, -0.03, 4, 0, 6], matrix.Values);
        Assert.Null(matrix.ColumnNames);
    }

    [Theory]
    [InlineData("beer,retprice\n1,2\n", "beer", "retprice")]
    [InlineData("beer,1970\n1,2\n", "beer", "1970")]
    public void HeaderIsRecognisedAndKept(string text, params string[] names)
    {
        FeatureMatrix matrix = MatrixReader.Read(_folder.Write("m.csv", text));
        Assert.Equal(names, matrix.ColumnNames);
        Assert.Equal([1, 2], matrix.Values);
    }

    [Theory]
    [InlineData("1997,1998,1999,2000\n3,4,5,7\n8,8,9,9\n", "years above numbers far from them")]
    [InlineData("1997,1998,1999,2000\n1800.5,1900.2,2001,2002\n1810,1930,2011,2001\n", "years above a fraction")]
    [InlineData("1997,1998\n3,5\n4,4\n", "two years")]
    [InlineData("1990,2000,2010\n3,5,6\n4,4,1\n", "decades")]
    [InlineData(" 1997 , 1998\n3.5,4\n", "blanks around the years")]
    [InlineData("\"2001\",\"2002\"\n3,4\n5,9\n", "quotes")]
    [InlineData("\"2002\",\"2001\",\"7\"\n1990,2000,1\n", "quotes, whatever the numbers")]
    [InlineData("\"2001\",\"2002\"\n\"3.5\",\"4\"\n", "quotes everywhere, years above a fraction")]
    [InlineData("\"beer\",\"wine\"\n\"3\",\"4\"\n", "quotes everywhere, text")]
    public void NumbersAboveAreNamesWhenNothingElseIsPlausible(string text, string why)
    {
        FeatureMatrix matrix = MatrixReader.Read(_folder.Write("m.csv", text));
        string[] lines = text.TrimEnd().Replace("\"", "", StringComparison.Ordinal).Split('\n');
        Assert.Equal(lines[0].Split(',', StringSplitOptions.TrimEntries), matrix.ColumnNames);
        Assert.True(lines.Length - 1 == matrix.Rows, why);
        Assert.Equal(lines[1..].SelectMany(line => line.Split(',')).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)), matrix.Values);
    }

    [Theory]
    [InlineData("1997\n3.5\n", "one column is no run")]
    [InlineData("1600,2400\n3.5,4.5\n", "any two rising numbers have a step")]
    [InlineData("1997,1998,2000\n3.5,4,5\n", "the steps differ")]
    [InlineData("2000,1999,1998\n3.5,4,5\n", "falling")]
    [InlineData("1600,1700,1800\n3.5,4,5\n", "years do not go in hundreds")]
    [InlineData("1,2,3\n3.5,4,5\n", "not years")]
    [InlineData("1997.0,1998.0,1999.0\n3.5,4,5\n", "a decimal point says that these are data")]
    [InlineData("1997,2001,2005\n1998,2003,2004\n2001,2003,2011\n", "years are the data")]
    [InlineData("2000,2001,2002\n100.5,101.5,102.5\n7,8,9\n3,3,4\n", "the data rise by the same step")]
    [InlineData("2000,2001,2002\n", "the only row")]
    [InlineData("\"3\",\"4\"\n\"5\",\"6\"\n", "quotes everywhere")]
    [InlineData("\"1.5\",2\n3,4\n", "a fraction is no name")]
    [InlineData("\"3\",\"4\"\n", "the only row, quoted")]
    public void NoRowOfNumbersIsLost(string text, string why)
    {
        FeatureMatrix matrix = MatrixReader.Read(_folder.Write("m.csv", text));
        Assert.True(matrix.ColumnNames is null, why);
        string[] cells = text.TrimEnd().Replace("\"", "", StringComparison.Ordinal).Split('\n', ',');
        Assert.Equal(cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)), matrix.Values);
    }

    [Fact]
    public void ManyRowsFollowAHeaderOfYears()
    {
        string text = "2000,2001,2002\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i}.5,{i},{2 * i}\n"));
        FeatureMatrix matrix = MatrixReader.Read(_folder.Write("m.csv", text));
        Assert.Equal((5000, 3), (matrix.Rows, matrix.Columns));
        Assert.Equal([0.5, 0, 0, 1.5, 1, 2], matrix.Values[..6]);
        Assert.Equal([4999.5, 4999, 9998], matrix.Values[^3..]);
    }

    [Fact]
    public void BlankLinesOnlyAreUnitsWithoutFeatures()
    {
        FeatureMatrix matrix = MatrixReader.Read(_folder.Write("m.csv", "\n\n\n"));
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
    [InlineData("x,NaN\n3,4\n", "NotANumber", "line 1, column 1: 'x' is not a number.")]
    [InlineData("\"\",\"1997\"\n3,4\n", "BlankCell", "line 1, column 1: the cell is blank; a number must stand there.")]
    [InlineData("\"2001\",\"2002\"\n3,x\n", "NotANumber", "line 2, column 2 ('2002'): 'x' is not a number.")]
    [InlineData("2001,2002,2003\n3,4\n", "RaggedRow", "line 2: 2 numbers where the lines before have 3 numbers.")]
    [InlineData("1,2\n3\n", "RaggedRow", "line 2: 1 number where the lines before have 2 numbers.")]
    [InlineData("1,2\n3,4,5\n", "RaggedRow", "line 2: 3 numbers where the lines before have 2 numbers.")]
    [InlineData("1,2\n\n3,4\n", "BlankLine", "line 2: the line is blank, but rows follow it.")]
    public void FaultsNameFileLineAndColumn(string text, string errorId, string message)
    {
        string path = _folder.Write("m.csv", text);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => MatrixReader.Read(path, "Features"));
        Assert.Equal($"{path}, {message}", error.Message);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal("Features", error.ParameterName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n")]
    public void NoRowsIsAnError(string text) =>
        Assert.Equal("EmptyFile", Assert.Throws<InvalidInputException>(() => MatrixReader.Read(_folder.Write("m.csv", text))).ErrorId);

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
            Assert.Equal([1.5, 2.25], MatrixReader.Read(_folder.Write("m.csv", "1.5,2.25\n")).Values);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void EveryBitOfALargeFileSurvives()
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

        string path = _folder.Write("large.csv", text.ToString());
        FeatureMatrix matrix = MatrixReader.Read(path);
        Assert.Equal(values, matrix.Values);
    }

    public void Dispose() => _folder.Dispose();
}
