using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

/// <summary>The words a user reads when a panel cannot be used.</summary>
public sealed class PanelErrorTests : IDisposable
{
    private const string Good = "u,t,y,x\nA,1,1,5\nA,2,2,5\nB,1,3,5\nB,2,4,5\n";

    private readonly TempFolder _folder = new();

    [Fact]
    public void DuplicateUnitAndTime() => Fails(
        Good + "A,2,9,5\n",
        Options(),
        "DuplicateRow",
        "Unit 'A' at time 2 stands twice (P, line 6, and line 3 before). Keep one row for each unit and time, or give --aggregate mean or sum.");

    [Theory]
    [InlineData("B,1,\n", "P, line 4")]
    [InlineData("B,1,NA\n", "P, line 4")]
    [InlineData("B,1,NaN\n", "P, line 4")]
    [InlineData("B,1,#N/A\n", "P, line 4")]
    [InlineData("B,1,-\n", "P, line 4")]
    [InlineData("", "P has no such row")]
    public void OutcomeGap(string row, string place) => Fails(
        $"u,t,y\nA,1,1\nA,2,1\n{row}B,2,3\n",
        Options(),
        "OutcomeMissing",
        $"Outcome 'y' has no value for unit 'B' at time 1 ({place}). Complete the data.");

    [Theory]
    [InlineData("inf", "")]
    [InlineData("many", "")]
    [InlineData("\"52,82\"", "; numbers with a decimal comma, such as 1.234,56, are read with --culture 'de-DE'")]
    [InlineData("\"1,234.5\"", "; numbers such as 1,234.56 are read with --culture 'en-US'")]
    public void OutcomeThatIsNoNumber(string text, string hint) => Fails(
        $"u,t,y\nA,1,1\nA,2,1\nB,1,{text}\nB,2,3\n",
        Options(),
        "OutcomeNotANumber",
        $"Outcome 'y' is '{text.Trim('"')}' for unit 'B' at time 1 (P, line 4); it must be a finite number{hint}. "
            + "Correct the value, or leave it blank and give --missing.");

    [Fact]
    public void CovariateThatIsNoNumber()
    {
        PanelOptions options = Options();
        options.Covariates = ["x"];
        Fails(
            Good.Replace("B,1,3,5", "B,1,3,high", StringComparison.Ordinal),
            options,
            "CovariateNotANumber",
            "Covariate 'x' is 'high' for unit 'B' at time 1 (P, line 4); it must be a finite number, or blank where it is missing.");
    }

    [Fact]
    public void CovariateWithoutAnyValueBeforeTheTreatment()
    {
        PanelOptions options = Options();
        options.Covariates = ["x"];
        Panel panel = PanelReader.Read(_folder.Write("p.csv", Good.Replace("B,1,3,5", "B,1,3,", StringComparison.Ordinal)), options);
        InvalidInputException error = Assert.Throws<InvalidInputException>(panel.ToFitData);
        Assert.Equal("CovariateMissing", error.ErrorId);
        Assert.Equal("Covariate 'x' has no value for unit 'B' before 2. Leave the covariate or the unit out, or complete the data.", error.Message);
    }

    [Theory]
    [InlineData("Y2", "--outcome: there is no column 'Y2'; did you mean 'y'?")]
    [InlineData("sales", "--outcome: there is no column 'sales'. The columns are u, t, y, x.")]
    public void UnknownColumn(string column, string message)
    {
        PanelOptions options = Options();
        options.Outcome = column;
        Fails(Good, options, "UnknownColumn", message);
    }

    [Fact]
    public void UnknownTreatedUnitIsAnsweredWithNearNames()
    {
        PanelOptions options = new() { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["Californa"], TreatmentTime = "1989" };
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => PanelReader.Read(RepositoryFiles.Sample("california_prop99.csv"), options));
        Assert.Equal(("UnknownUnit", "TreatedUnit"), (error.ErrorId, error.ParameterName));
        Assert.Equal("{TreatedUnit}: there is no unit 'Californa'; did you mean 'California'?", error.Message);
    }

    [Theory]
    [InlineData("2030", "TreatmentTimeOutsidePanel", "--treatment-time 2030 is not among the panel's times, which go from 1 to 2.")]
    [InlineData("0", "TreatmentTimeOutsidePanel", "--treatment-time 0 is not among the panel's times, which go from 1 to 2.")]
    [InlineData("May", "TreatmentTimeOutsidePanel", "--treatment-time May is not among the panel's times, which go from 1 to 2.")]
    [InlineData("1", "NoPrePeriod", "--treatment-time 1 is the first time of the panel, which leaves no time before the treatment to match on.")]
    public void TreatmentTimeThatDoesNotFit(string time, string errorId, string message)
    {
        PanelOptions options = Options();
        options.TreatmentTime = time;
        Fails(Good, options, errorId, message);
    }

    [Fact]
    public void AllUnitsTreated()
    {
        PanelOptions options = Options();
        options.TreatedUnits = ["A", "B"];
        Fails(Good, options, "AllUnitsTreated", "All 2 units are treated; at least one unit must stay untreated to be a donor.");
    }

    [Fact]
    public void NoRows() => Fails("u,t,y,x\n", Options(), "PanelEmpty", "P has no rows.");

    [Fact]
    public void RaggedRow() => Fails(Good + "C,1\n", Options(), "RaggedRow", "P, line 6: 2 fields where the header names 4 fields.");

    [Fact]
    public void BlankUnit() => Fails(Good + ",1,2,3\n", Options(), "UnitBlank", "--unit 'u' is blank (P, line 6). Complete the row or leave it out.");

    [Theory]
    [InlineData("1", "2", "3", "soon", "numbers")]
    [InlineData("1", "2", "3", "inf", "numbers")]
    [InlineData("2001-01", "2001-02", "2001-03", "2001-13", "dates")]
    public void TimeUnlikeTheOthers(string first, string second, string third, string odd, string kind) => Fails(
        $"u,t,y\nA,{first},1\nA,{second},1\nA,{third},1\nB,{first},1\nB,{odd},3\nB,{third},4\n",
        Options(),
        "TimeUnlikeOthers",
        $"--time 't' is '{odd}' for unit 'B' (P, line 6), but nearly all times are {kind}. Correct it, or leave the row out.");

    [Fact]
    public void TimesThatAreMostlyTextHaveNoOrder() => Fails(
        "u,t,y\nA,0,1\nA,after,1\nB,0,3\nB,after,4\n",
        Options(),
        "TimeOrderUnknown",
        "The order of the times in --time 't' is not known, for example 'after' for unit 'A' (P, line 3). Numbers, ISO 8601 dates and times, "
            + "2020-11, 2002Q3, 2020-W09, 2019M09 and the same words with one number, such as 'Week 11', are put in order by themselves. "
            + "Give --time-format (such as dd/MM/yyyy, M/d/yyyy or MMM yyyy, with --culture for names of months), or number the times in order.");

    [Fact]
    public void AWordUnlikeTheOthersIsNamed() => Fails(
        "u,t,y\nA,Week 1,1\nA,Week 2,1\nB,Week 1,3\nB,Wek 2,4\n",
        Options(),
        "TimeUnlikeOthers",
        "--time 't' is 'Wek 2' for unit 'B' (P, line 5), but nearly all times are like 'Week 1'. Correct it, or leave the row out.");

    [Fact]
    public void TreatmentColumnOutsidePanelOrInconsistent()
    {
        PanelOptions options = new() { Unit = "u", Time = "t", Outcome = "y", TreatmentTimeColumn = "s" };
        Fails(
            "u,t,y,s\nA,1,1,May\nA,2,2,May\nB,1,3,\nB,2,4,\n",
            options,
            "TreatmentTimeOutsidePanel",
            "--treatment-time-column May for unit 'A' (P, line 2) is not among the panel's times, which go from 1 to 2. "
                + "Leave it empty for a unit that is never treated.");
        Fails(
            "u,t,y,s\nA,1,1,\nA,2,2,2\nB,1,3,\nB,2,4,\n",
            options,
            "TreatmentTimeVaries",
            "--treatment-time-column 's' says 2 for unit 'A' (P, line 3) but never before (line 2). "
                + "Every row of a unit must carry its one first treated time; a column that says 0 or 1 of every time is given as --treatment.");
    }

    [Theory]
    [InlineData(null, null, "TreatmentIncomplete", "--treated-unit also needs --treatment-time.")]
    [InlineData("2", "s", "TreatmentAmbiguous", "Give either --treatment-time-column or --treated-unit with --treatment-time, not both.")]
    public void ContradictingOptions(string? time, string? column, string errorId, string message)
    {
        PanelOptions options = Options();
        options.TreatmentTime = time;
        options.TreatmentTimeColumn = column;
        Fails(Good, options, errorId, message);
    }

    [Fact]
    public void PanelWithoutTreatedUnitsCannotBeFitted()
    {
        PanelOptions options = new() { Unit = "u", Time = "t", Outcome = "y" };
        Panel panel = PanelReader.Read(_folder.Write("p.csv", Good), options);
        Assert.Equal("NoTreatedUnit", Assert.Throws<InvalidInputException>(panel.ToFitData).ErrorId);
    }

    public void Dispose() => _folder.Dispose();

    private static PanelOptions Options() => PanelTests.Options();

    // P in the expected message stands for the path.
    private void Fails(string csv, PanelOptions options, string errorId, string message)
    {
        string path = _folder.Write("p.csv", csv);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => PanelReader.Read(path, options));
        string said = OptionText.ToCommandLine(error.Message).Replace(path, "P", StringComparison.Ordinal);
        Assert.Equal((errorId, message), (error.ErrorId, said));
    }
}
