using System.Text;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public sealed class CsvTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void QuotesNewlinesAndByteOrderMarkFollowRfc4180()
    {
        string text = "name,\"a \"\"b\"\"\",c\r\n\"Washington, D.C.\",\"two\r\nlines\",\r\nñ,\"\",x";
        byte[] bytes = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)];
        using CsvTable table = CsvTable.Open(_folder.Write("t.csv", bytes));

        Assert.Equal(["name", "a \"b\"", "c"], table.ColumnNames);
        Assert.True(table.Read());
        Assert.Equal(["Washington, D.C.", "two\r\nlines", ""], Record(table));
        Assert.Equal(2, table.Line);
        Assert.True(table.Read());
        Assert.Equal(["ñ", "", "x"], Record(table));
        Assert.Equal(4, table.Line);
        Assert.False(table.Read());
    }

    [Fact]
    public void RecordsOnBufferBordersStayWhole()
    {
        // Sizes that fall on and around the reader's buffer, with quoted commas and doubled quotes across its ends.
        StringBuilder text = new("i,s\n");
        List<string> expected = [];
        for (int i = 0; i < 40_000; i++)
        {
            string value = $"{new string('x', i % 37)},\"{i}\"";
            expected.Add(value);
            text.Append(i).Append(",\"").Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append(i % 2 == 0 ? "\"\r\n" : "\"\n");
        }

        expected.Add(new string('y', 700_000));
        text.Append("z,").Append(expected[^1]);
        using CsvTable table = CsvTable.Open(_folder.Write("big.csv", text.ToString()));
        foreach (string value in expected)
        {
            Assert.True(table.Read());
            Assert.Equal(value, table.Text(1));
        }

        Assert.False(table.Read());
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "RaggedRow", "line 3: 1 field where the header names 2 fields.")]
    [InlineData("a,b\n1,\"2\n", "CsvMalformed", "line 2: a quoted field is never closed.")]
    [InlineData("a,b\n1,\"2\"3\n", "CsvMalformed", "line 2: text follows the closing quote of a field; a quote inside a quoted field is written twice.")]
    [InlineData("a,a\n1,2\n", "DuplicateColumn", "line 1, column 2 ('a'): the name stands in column 1 already.")]
    public void FaultsNameTheLine(string text, string errorId, string message)
    {
        string path = _folder.Write("t.csv", text);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => ReadAll(path));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal($"{path}, {message}", error.Message);
    }

    [Fact]
    public void EmptyAndMissingFilesAreSaid()
    {
        Assert.Equal("EmptyFile", Assert.Throws<InvalidInputException>(() => ReadAll(_folder.Write("e.csv", ""))).ErrorId);
        Assert.Equal("FileNotFound", Assert.Throws<InvalidInputException>(() => ReadAll(_folder.Path("none.csv"))).ErrorId);
        Assert.Equal("FileNotReadable", Assert.Throws<InvalidInputException>(() => ReadAll(_folder.Root)).ErrorId);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Record(CsvTable table) => [.. Enumerable.Range(0, table.ColumnNames.Count).Select(table.Text)];

    private static void ReadAll(string path)
    {
        using CsvTable table = CsvTable.Open(path);
        while (table.Read())
        {
        }
    }
}
