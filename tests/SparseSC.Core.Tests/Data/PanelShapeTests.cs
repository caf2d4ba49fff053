using System.Text;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

/// <summary>Panels in the shapes people have them in: wide, several rows a place, other encodings, numbered rows.</summary>
public sealed class PanelShapeTests : IDisposable
{
    private const string Long = "u,t,y\nA,1,1\nA,2,2\nA,3,3\nB,1,4\nB,2,5\nB,3,6\nC,1,7\nC,2,8\nC,3,10\n";
    private static readonly double[] LongOutcome = [1, 2, 3, 4, 5, 6, 7, 8, 10];

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("u,1,2,3\nA,1,2,3\nB,4,5,6\nC,7,8,10\n", "u", "")]
    [InlineData("u,1,2,3\nA,1,2,3\nB,4,5,6\nC,7,8,10\n", "", "")]
    [InlineData("\"\",\"1\",\"2\",\"3\"\nA,1,2,3\nB,4,5,6\nC,7,8,10\n", "", "")]
    [InlineData("\"\",u,1,2,3\n1,A,1,2,3\n2,B,4,5,6\n3,C,7,8,10\n", "", "")]
    [InlineData("\"\",u,1,2,3\n1,A,1,2,3\n2,B,4,5,6\n3,C,7,8,10\n", "u", "")]
    [InlineData("\"u\",\"1\",\"2\",\"3\"\n\"1\",A,1,2,3\n\"2\",B,4,5,6\n\"3\",C,7,8,10\n", "", "")]
    [InlineData("t,A,B,C\n3,3,6,10\n1,1,4,7\n2,2,5,8\n", "", "t")]
    [InlineData("u;3;1;2\nA;3;1;2\nB;6;4;5\nC;10;7;8\n", "u", "")]
    public void WideFormIsTheSamePanel(string text, string unit, string time)
    {
        Panel wide = Read(text, new PanelOptions { Wide = true, Unit = unit, Time = time, TreatedUnits = ["C"], TreatmentTime = "3" });
        Panel narrow = Read(Long, Options());
        Assert.Equal(narrow.Units, wide.Units);
        Assert.Equal(narrow.Times, wide.Times);
        Assert.Equal(LongOutcome, wide.Outcome.Cast<double>());
        Assert.Equal(narrow.TreatmentPeriods, wide.TreatmentPeriods);
        Assert.Equal("outcome", wide.OutcomeName);
    }

    [Fact]
    public void WideFormHasCovariatesAndTreatmentTimesOfUnits()
    {
        Panel panel = Read(
            "u,since,x,1,2,3\nA,,5,1,2,3\nB,3,6,4,5,6\nC,Inf,7,7,8,10\n",
            new PanelOptions { Wide = true, Unit = "u", TreatmentTimeColumn = "since", Covariates = ["x"] });
        Assert.Equal([null, 2, null], panel.TreatmentPeriods);
        Assert.Equal([5, 1, 2, 6, 4, 5, 7, 7, 8], panel.ToFitData().Features.Values);
    }

    [Theory]
    [InlineData("u,region,1,2\nA,x,1,2\nB,y,3,4\n", "WideColumnNotATime", "the columns are times, but 'region' is none.")]
    [InlineData("u\nA\nB\n", "WideColumnNotATime", "the file has no columns of times.")]
    [InlineData("u,early,late\nA,1,2\nB,3,4\n", "TimeOrderUnknown", "The order of the times")]
    public void WideColumnsThatAreNoTimesAreNamed(string text, string errorId, string message)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read(text, new PanelOptions { Wide = true }));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WideFormRefusesWhatItCannotUse()
    {
        Assert.Equal("WideAmbiguous", Fails(Long, new PanelOptions { Wide = true, Unit = "u", Time = "t" }));
        Assert.Equal("WideOptionUnused", Fails(Long, new PanelOptions { Wide = true, Treatment = "d" }));
        Assert.Equal("WideOptionUnused", Fails(Long, new PanelOptions { Wide = true, Time = "t", Covariates = ["x"] }));
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public void Utf16IsReadWithAndWithoutAMark(string name, bool hasMark)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        string text = Long.Replace("A", "Ålesund", StringComparison.Ordinal).Replace(',', '\t');
        string path = _folder.Write("p.txt", [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);
        Panel panel = PanelReader.Read(path, Options());
        Assert.Equal(["Ålesund", "B", "C"], panel.Units);
        Assert.Equal(LongOutcome, panel.Outcome.Cast<double>());
    }

    [Fact]
    public void RowNumbersWithoutANameAreNoColumn()
    {
        string[] lines = Long.TrimEnd('\n').Split('\n');
        string numbered = $"{lines[0]}\n{string.Join('\n', lines.Skip(1).Select((line, i) => $"\"{i + 1}\",{line}"))}\n";
        Assert.Equal(LongOutcome, Read(numbered, Options()).Outcome.Cast<double>());
        Assert.Equal("RaggedRow", Fails("u,t,y\nA,1,1,\nB,1,1,\n", Options()));
    }

    [Fact]
    public void SeveralRowsOfAPlaceAreAveragedOrAdded()
    {
        PanelOptions options = Options();
        options.Covariates = ["x"];
        const string text = "u,t,y,x\nA,1,1,5\nA,1,3,\nA,1,NA,7\nA,2,2,1\nB,1,4,1\nB,2,5,1\nC,1,6,1\nC,2,9,3\nC,2,1,1\n";
        options.TreatmentTime = "2";
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read(text, options));
        Assert.Contains("stands twice", error.Message, StringComparison.Ordinal);
        Assert.Contains(", and so do 2 rows more. Keep one row for each unit and time, or give {Aggregate} {Aggregate:Mean} or {Aggregate:Sum}.", error.Message, StringComparison.Ordinal);

        options.Aggregate = DuplicateRows.Mean;
        Panel mean = Read(text, options);
        Assert.Equal([2, 2, 4, 5, 6, 5], mean.Outcome.Cast<double>());
        Assert.Equal([6, 1, 1, 1, 1, 2], mean.Covariates[0].Cast<double>());
        Assert.Equal(3, mean.AggregatedRows);
        Assert.Contains("{Aggregate} {Aggregate:Mean} took 3 rows together with others of the same unit and time.", mean.Warnings);

        // A sum without one of its parts is no sum.
        options.Aggregate = DuplicateRows.Sum;
        Assert.Equal("OutcomeMissing", Fails(text, options));
        Panel sum = Read(text.Replace("NA", "8", StringComparison.Ordinal), options);
        Assert.Equal([12, 2, 4, 5, 6, 10], sum.Outcome.Cast<double>());
        Assert.Equal([6, 1, 1, 1, 1, 2], sum.Covariates[0].Cast<double>());
    }

    [Fact]
    public void RowsOfAPlaceThatContradictEachOtherOnTheTreatmentAreRefused()
    {
        PanelOptions options = new() { Unit = "u", Time = "t", Outcome = "y", Treatment = "d", Aggregate = DuplicateRows.Mean };
        Assert.Equal("TreatmentContradicts", Fails("u,t,y,d\nA,1,1,0\nA,2,2,0\nB,1,4,0\nB,2,5,1\nB,2,5,0\n", options));
    }

    [Theory]
    [InlineData("dd/MM", "TimeFormatWithoutYear")]
    [InlineData("%", "TimeFormatUnknown")]
    [InlineData("\\", "TimeFormatUnknown")]
    [InlineData("qqq", "TimeFormatUnknown")]
    public void AFormatThatOrdersNoTimesIsRefused(string format, string errorId)
    {
        PanelOptions options = Options();
        options.TimeFormat = format;
        Assert.Equal(errorId, Fails(Long, options));
    }

    [Fact]
    public void BlankLinesBeforeTheHeaderAreSkippedAndParquetIsNamed()
    {
        Assert.Equal(LongOutcome, Read($"\n\n{Long}", Options()).Outcome.Cast<double>());
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read("PAR1xxxxPAR1", Options()));
        Assert.Contains("is Parquet, not CSV", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnitsAreLeftOutBeforeTheyAreRead()
    {
        PanelOptions options = Options();
        options.ExcludedUnits = ["Spain"];
        Panel panel = Read($"{Long}Spain,1,what,\nSpain,9,,\n".Replace(",\n", "\n", StringComparison.Ordinal), options);
        Assert.Equal(["A", "B", "C"], panel.Units);
        Assert.Equal(["1", "2", "3"], panel.Times);
        options.ExcludedUnits = ["Spian", "Spain"];
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read($"{Long}Spain,1,1\n", options));
        Assert.Equal("{ExcludeUnit}: there is no unit 'Spian'; did you mean 'Spain'?", error.Message);
        options.ExcludedUnits = ["C"];
        Assert.Equal("TreatedUnitExcluded", Fails(Long, options));
    }

    public void Dispose() => _folder.Dispose();

    private static PanelOptions Options() => new() { Unit = "u", Time = "t", Outcome = "y", TreatedUnits = ["C"], TreatmentTime = "3" };

    private Panel Read(string text, PanelOptions options) => PanelReader.Read(_folder.Write("p.csv", text), options);

    private string Fails(string text, PanelOptions options) => Assert.Throws<InvalidInputException>(() => Read(text, options)).ErrorId;
}
