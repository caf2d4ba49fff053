using System.Text;

namespace SparseSC.Cli.Tests;

/// <summary>A data file given as <c>-</c> comes from standard input, with the same result and the same errors.</summary>
public sealed class StandardInputTests : IDisposable
{
    private static readonly string[] Columns = ["--unit", "u", "--time", "t", "--outcome", "y", "--treated-unit", "A", "--treatment-time", "2"];

    private readonly TempFolder _folder = new();

    [Fact]
    public void APanelGivesTheSameFit()
    {
        string[] penalties = ["--v-pen", "1", "--w-pen", "1000", "--quiet"];
        CliRun file = CliRun.Of(["fit", .. CliRun.California, .. penalties]).Expect(0);
        string[] piped = [.. CliRun.California.Select(word => word.EndsWith(".csv", StringComparison.Ordinal) ? "-" : word)];
        using FileStream input = File.OpenRead(RepositoryFiles.Sample("california_prop99.csv"));
        CliRun standard = CliRun.Of(["fit", .. piped, .. penalties], cancelled: false, input).Expect(0);
        PlanTests.AssertSameModel(file.Json, standard.Json);
    }

    [Theory]
    [InlineData("A,1,1\nA,2,2\nB,1,x\nB,2,2\n", "Outcome 'y' is 'x' for unit 'B' at time 1 (standard input, line 4)")]
    [InlineData("A,1,1\nA,2\n", "--panel: standard input, line 3: 2 fields where the header names 3 fields.")]
    [InlineData("A,1,1\nA,2,2\nB,1,1\nB,2,2\nC,1,1\nC,2,2\nC,2,2\n", "stands twice (standard input, line 8, and line 7 before).")]
    [InlineData("", "standard input has no rows.")]
    public void APanelsFaultsAreNamed(string rows, string message)
    {
        CliRun run = Of("u,t,y\n" + rows, ["fit", "--panel", "-", .. Columns]).Expect(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--features", "1,2\n3,NaN\n5,6\n", "--features: standard input, line 2, column 2: 'NaN' is not a finite number.")]
    [InlineData("--targets", "1,2\n3,x\n5,6\n", "--targets: standard input, line 2, column 2: 'x' is not a number.")]
    [InlineData("--features", "", "--features: standard input is empty.")]
    [InlineData("--features", "1\n2\n", "--features standard input has 2 rows and --targets FILE has 3;")]
    [InlineData("--targets", "1\n2\n", "--features FILE has 3 rows and --targets standard input has 2;")]
    public void AMatrixsFaultsAreNamed(string option, string text, string message)
    {
        string other = _folder.Write("other.csv", "1,2\n3,4\n5,6\n");
        string[] args = option == "--features" ? ["--features", "-", "--targets", other] : ["--features", other, "--targets", "-"];
        CliRun run = Of(text, ["fit", .. args, "--treated", "0"]).Expect(2);
        Assert.Contains(message.Replace("FILE", other, StringComparison.Ordinal), run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ANumPyFileIsNotTakenForText()
    {
        CliRun run = Of([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], ["fit", "--features", "-", "--targets", "y.csv"]).Expect(2);
        Assert.Contains("--features: standard input is NPY, not CSV. Give it as a file whose name ends in .npy.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit --features - --targets -", "--features and --targets are both -, but standard input is one file. Give the other by its name.")]
    [InlineData("effects --outcomes - --treatment-periods -", "--outcomes and --treatment-periods are both -")]
    [InlineData("effects --outcomes y.csv --treatment-periods - --covariates -", "--treatment-periods and --covariates are both -")]
    public void ItIsOneFile(string line, string message)
    {
        CliRun run = Of("1\n", line.Split(' ')).Expect(2);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OutcomesAndTreatmentPeriodsComeThatWayToo()
    {
        string outcomes = string.Concat(Enumerable.Range(0, 8).Select(unit => $"{unit},{unit + 1},{unit * unit},{unit + 3}\n"));
        string y = _folder.Write("Y.csv", outcomes);
        string periods = "2" + new string('\n', 8);
        string p = _folder.Write("P.csv", periods);
        string[] rest = ["--unit-weight", "did", "--quiet"];
        string expected = Comparable(CliRun.Of(["effects", "--outcomes", y, "--treatment-periods", p, .. rest]).Expect(0));
        Assert.Equal(expected, Comparable(Of(outcomes, ["effects", "--outcomes", "-", "--treatment-periods", p, .. rest]).Expect(0)));
        Assert.Equal(expected, Comparable(Of(periods, ["effects", "--outcomes", y, "--treatment-periods", "-", .. rest]).Expect(0)));
        Assert.Contains(
            "standard input, line 1: 'soon'",
            Of("soon" + new string('\n', 8), ["effects", "--outcomes", y, "--treatment-periods", "-"]).Expect(2).Error,
            StringComparison.Ordinal);

        static string Comparable(CliRun run) => run.Json.GetProperty("effect").GetRawText();
    }

    [Fact]
    public void WaitingForItCanBeCancelled()
    {
        using EndlessWait input = new();
        CliRun run = CliRun.Of(["fit", "--panel", "-", .. Columns], cancelled: true, input).Expect(3);
        Assert.Equal("sparsesc fit: cancelled.\n", run.Error);
    }

    public void Dispose() => _folder.Dispose();

    private static CliRun Of(string input, string[] args) => Of(Encoding.UTF8.GetBytes(input), args);

    private static CliRun Of(byte[] input, string[] args)
    {
        using MemoryStream stream = new(input);
        return CliRun.Of(args, cancelled: false, stream);
    }

    /// <summary>Somebody's terminal on which nobody types.</summary>
    private sealed class EndlessWait : MemoryStream
    {
        private readonly ManualResetEventSlim _closed = new();

        public override int Read(byte[] buffer, int offset, int count)
        {
            _closed.Wait();
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }
}
