namespace SparseSC.Cli.Tests;

/// <summary>Input that cannot be used: exit code 2 and a message that names the file or option, line and column.</summary>
public sealed class InputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("1,2\n3,NaN\n5,6\n", "FILE, line 2, column 2: 'NaN' is not a finite number.")]
    [InlineData("1,2\n3\n5,6\n", "FILE, line 2: 1 number where the lines before have 2 numbers.")]
    [InlineData("a,b\n1,2\n3,x\n5,6\n", "FILE, line 3, column 2 ('b'): 'x' is not a number.")]
    [InlineData("", "FILE is empty.")]
    [InlineData("1,2\n", "--features FILE has 1 rows and --targets Y.csv has 3; both need one row per unit.")]
    [InlineData("1997\n1.5\n3\n4\n", "one row per unit. If the first line of the file of --features is a header, put its names in double quotes.")]
    public void Matrices(string features, string message)
    {
        string x = _folder.Write("X.csv", features);
        string y = _folder.Write("Y.csv", "1\n2\n3\n");
        CliRun run = CliRun.Of("fit", "--features", x, "--targets", y, "--treated", "0").Expect(2);
        Assert.Contains(message.Replace("FILE", x, StringComparison.Ordinal).Replace("Y.csv", y, StringComparison.Ordinal), run.Error, StringComparison.Ordinal);
        Assert.Contains("--features", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1997,1998\n")]
    [InlineData("\"1997\",\"1998\"\n")]
    public void AHeaderOfYearsIsNoUnit(string header)
    {
        const string Rows = "1.5,2\n3,4.5\n5,1\n2,2\n7,3.5\n4,8\n6,2\n1,9\n";
        string x = _folder.Write("X.csv", Rows);
        string y = _folder.Write("Y.csv", header + Rows);
        CliRun run = CliRun.Of("fit", "--features", x, "--targets", y, "--treated", "0", "--cv-folds", "2", "--gradient-folds", "2", "--grid-length", "3").Expect(0);
        Assert.Equal(8, run.Json.GetProperty("predictions").GetArrayLength());
        Assert.Contains("1998", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prospective-restricted")]
    [InlineData("ProspectiveRestricted")]
    public void ValuesAreSpelledAsTheCommandLineDoes(string word)
    {
        string x = _folder.Write("X.csv", "1,2\n3,4\n5,6\n");
        CliRun run = CliRun.Of("fit", "--features", x, "--targets", x, "--model-type", word).Expect(2);
        Assert.Contains("--model-type prospective-restricted needs --treated. Give them, or use --model-type full.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OneTextAmongNumericTimesIsNamed()
    {
        string path = _folder.Write("p.csv", "u,t,y\nA,1,1\nA,2,2\nA,3,2\nB,1,1\nB,2,4\nB,soon,2\n");
        CliRun run = CliRun.Of("fit", "--panel", path, "--unit", "u", "--time", "t", "--outcome", "y", "--treated-unit", "A", "--treatment-time", "2").Expect(2);
        Assert.Contains($"--time 't' is 'soon' for unit 'B' ({path}, line 7), but nearly all times are numbers.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3", "--treated 3: there is no row 3; the 3 rows are numbered from 0 to 2.")]
    [InlineData("x", "--treated x: 'x' is neither a row number from 0 nor a range such as 4-7.")]
    [InlineData("0-2", "--treated names all 3 units")]
    [InlineData("0,1", "--treated: Only 1 control unit remains; at least 2 are needed.")]
    public void TreatedRows(string treated, string message)
    {
        string x = _folder.Write("X.csv", "1,2\n3,4\n5,6\n");
        string y = _folder.Write("Y.csv", "1\n2\n3\n");
        CliRun run = CliRun.Of("fit", "--features", x, "--targets", y, "--treated", treated).Expect(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A,1,1\nA,2,2\nB,1,1\nB,2,2\nC,1,1\nC,2,2\nC,2,2\n", "Unit 'C' at time 2 stands twice (FILE, line 8, and line 7 before).")]
    [InlineData("A,1,1\nA,2,2\nB,1,\nB,2,2\nC,1,1\nC,2,1\n", "Outcome 'y' has no value for unit 'B' at time 1 (FILE, line 4). Give --missing drop-unit, or complete the data.")]
    [InlineData("A,1,1\nA,2,2\nB,1,x\nB,2,2\n", "Outcome 'y' is 'x' for unit 'B' at time 1 (FILE, line 4)")]
    [InlineData("A,1,1\nA,2\n", "FILE, line 3: 2 fields where the header names 3 fields.")]
    [InlineData("B,1,1\nB,2,2\n", "--treated-unit: there is no unit 'A'")]
    [InlineData("A,1,1\nA,2,2\n", "All 1 units are treated; at least one unit must stay untreated to be a donor.")]
    [InlineData("A,1,1\nA,3,2\nB,1,1\nB,3,2\n", "Only 1 control unit remains; at least 2 are needed.")]
    [InlineData("A,3,1\nA,4,2\nB,3,1\nB,4,2\n", "--treatment-time 2 is not among the panel's times, which go from 3 to 4.")]
    [InlineData("A,2,1\nA,4,2\nB,2,1\nB,4,2\n", "--treatment-time 2 is the first time of the panel")]
    public void Panels(string rows, string message)
    {
        string path = _folder.Write("p.csv", "u,t,y\n" + rows);
        CliRun run = CliRun.Of("fit", "--panel", path, "--unit", "u", "--time", "t", "--outcome", "y", "--treated-unit", "A", "--treatment-time", "2").Expect(2);
        Assert.Contains(message.Replace("FILE", path, StringComparison.Ordinal), run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--unit", "city", "--unit: there is no column 'city'")]
    [InlineData("--covariates", "bier", "--covariates: there is no column 'bier'; did you mean 'beer'?")]
    [InlineData("--treated-unit", "Californa", "--treated-unit: there is no unit 'Californa'; did you mean 'California'?")]
    [InlineData("--cv-folds", "50", "--cv-folds 50")]
    [InlineData("--cv-folds", "nine", "--cv-folds: File 'nine' does not exist.")]
    [InlineData("--cv-folds", "none", "--cv-folds must be a number of folds or a file of folds; none is only for --gradient-folds.")]
    [InlineData("--gradient-folds", "2.5", "--gradient-folds 2.5 is neither a whole number nor a file.")]
    [InlineData("--w-pen", "-1", "--w-pen")]
    [InlineData("--v-pen", "-1", "--v-pen")]
    [InlineData("--optimizer", "best", "--optimizer")]
    [InlineData("--grid-length", "0", "--grid-length")]
    public void Options(string option, string value, string message)
    {
        string[] args = [.. CliRun.California];
        int given = Array.IndexOf(args, option);
        string[] line = given < 0 ? ["fit", .. args, option, value] : ["fit", .. args[..(given + 1)], value, .. args[(given + 2)..]];
        CliRun run = CliRun.Of(line).Expect(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    public void Dispose() => _folder.Dispose();
}
