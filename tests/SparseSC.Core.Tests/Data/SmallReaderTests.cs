using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public sealed class SmallReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("0,1,4-7", 0, 1, 4, 5, 6, 7)]
    [InlineData(" 3 , 1", 3, 1)]
    public void UnitListsKeepTheirOrder(string text, params int[] expected) => Assert.Equal(expected, UnitList.Parse(text, 8, "Treated"));

    [Theory]
    [InlineData("8", "UnitOutOfRange", "{Treated} 8: there is no row 8; the 8 rows are numbered from 0 to 7.")]
    [InlineData("0-99999999", "UnitOutOfRange", "{Treated} 0-99999999: there is no row 99999999; the 8 rows are numbered from 0 to 7.")]
    [InlineData("1,0-2", "UnitNamedTwice", "{Treated} 1,0-2: row 1 is named twice.")]
    [InlineData("1,,2", "UnitListMalformed", "{Treated} 1,,2: '' is neither a row number from 0 nor a range such as 4-7.")]
    [InlineData("-1", "UnitListMalformed", "{Treated} -1: '-1' is neither a row number from 0 nor a range such as 4-7.")]
    [InlineData("5-3", "UnitListMalformed", "{Treated} 5-3: '5-3' is neither a row number from 0 nor a range such as 4-7.")]
    [InlineData("Ohio", "UnitListMalformed", "{Treated} Ohio: 'Ohio' is neither a row number from 0 nor a range such as 4-7.")]
    public void UnitListFaultsAreNamed(string text, string errorId, string message)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => UnitList.Parse(text, 8, "Treated"));
        Assert.Equal((errorId, message, "Treated"), (error.ErrorId, error.Message, error.ParameterName));
    }

    [Fact]
    public void FoldsAreReadAsTheyStand()
    {
        FoldSpecification folds = FoldsReader.Read(_folder.Write("f.json", "[[[0,1],[2]], [[2],[0,1]]]"), "CvFolds");
        Assert.Equal(2, folds.Explicit!.Count);
        Assert.Equal([0, 1], folds.Explicit[0].Train);
        Assert.Equal([0, 1], folds.Explicit[1].Test);
    }

    [Theory]
    [InlineData("[[[0,1],\n[x]],", "line 2, column 2: the file is not valid JSON.")]
    [InlineData("{}", "a list of folds")]
    [InlineData("[]", "a list of folds")]
    [InlineData("[[[0,1]]]", "fold 0 is not a pair")]
    [InlineData("[[[0],[1]],[[0],1]]", "the test rows of fold 1 are not a list")]
    [InlineData("[[[0.5],[1]]]", "the train rows of fold 0 hold 0.5")]
    [InlineData("[[[0],[-1]]]", "the test rows of fold 0 hold -1")]
    [InlineData("[[[0,0],[1]]]", "the train rows of fold 0 name row 0 twice")]
    public void FoldFaultsAreNamed(string text, string message)
    {
        string path = _folder.Write("f.json", text);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => FoldsReader.Read(path, "CvFolds"));
        Assert.Equal(("FoldsMalformed", "CvFolds"), (error.ErrorId, error.ParameterName));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DonorPoolsAreZerosAndOnes()
    {
        bool[,] pool = DonorPoolReader.Read(_folder.Write("p.csv", "0,1\n1,1\n1,0\n"), 3, 2);
        Assert.Equal([false, true, true, true, true, false], pool.Cast<bool>());
    }

    [Theory]
    [InlineData("0,1\n", "DonorPoolShapeMismatch", "is 1×2; it needs one row for each of the 2 units and one column for each of the 2 controls.")]
    [InlineData("0,1\n1,2\n", "DonorPoolValue", "row 2, column 2: 2 is neither 0 nor 1.")]
    public void DonorPoolFaultsAreNamed(string text, string errorId, string message)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => DonorPoolReader.Read(_folder.Write("p.csv", text), 2, 2));
        Assert.Equal(errorId, error.ErrorId);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
