using System.Text;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

/// <summary>Times that could silently mean another time are refused or named.</summary>
public class PanelTimeTests
{
    [Fact]
    public void NumbersAmongDatesAreNamedWithWhereTheyStand()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read(["2018", "2019", "2020-01-01", "2021-01-01"], "2019"));
        Assert.Equal("TimeKindsMixed", error.ErrorId);
        Assert.Contains("'2018' for unit 'A' (p.csv, line 2), and dates, such as '2020-01-01' for unit 'A' (p.csv, line 4)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2019.1|2019.2|2019.10", "'2019.1' and '2019.10', which are one number", "yyyy.M")]
    [InlineData("2019.8|2019.9|2019.10|2019.11", "as numbers have another order", "yyyy.M")]
    [InlineData("11.2019|12.2019|01.2020", "'11.2019', which looks like a month with its year", "M.yyyy")]
    public void NumbersThatAreMonthsAreRefused(string times, string message, string format)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Read(times.Split('|'), times.Split('|')[1], DuplicateRows.Mean));
        Assert.Equal("TimesLookLikeMonths", error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{{TimeFormat}} '{format}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(times.Split('|'), Read(times.Split('|'), times.Split('|')[1], timeFormat: format).Times);
    }

    [Theory]
    [InlineData("2019.0|2019.25|2019.5|2019.75")]
    [InlineData("2019.1|2019.2|2019.9")]
    [InlineData("0.5|1.0|1.5")]
    public void OtherNumbersAreNot(string times) => Assert.Equal(times.Split('|'), Read(times.Split('|'), times.Split('|')[1]).Times);

    [Fact]
    public void ATreatmentBetweenTwoTimesIsNamed()
    {
        string[] times = ["1970", "1980", "1990", "2000"];
        Panel between = Read(times, "1985");
        Assert.Equal(2, between.TreatmentPeriods[0]);
        Assert.Equal(["{TreatmentTime} 1985 lies between two times of the panel and counts from the next one on, 1990."], between.Warnings);
        Assert.Empty(Read(times, "1990.0").Warnings);

        Panel column = PanelReader.Read(
            new MemoryStream(Encoding.UTF8.GetBytes("u,t,y,d\nA,1,1,2.5\nA,2,3,2.5\nA,3,2,2.5\nB,1,1,\nB,2,2,\nB,3,3,\n")),
            "p.csv",
            new PanelOptions { Unit = "u", Time = "t", Outcome = "y", TreatmentTimeColumn = "d" });
        Assert.Equal(["Treated from a time between two of the panel's, which counts from the next one on: A from 2.5 (counts from 3)."], column.Warnings);
    }

    [Fact]
    public void AFirstLineForExcelSaysTheSeparator()
    {
        const string Rows = "u|t|y\nA|1|1\nA|2|3\nB|1|1\nB|2|x\n";
        foreach (string first in (string[])["sep=|\n", "sep=|\r\n", "\uFEFFSEP=|\n", "\"sep=|\"\n"])
        {
            InvalidInputException error = Assert.Throws<InvalidInputException>(() => PanelReader.Read(
                new MemoryStream(Encoding.UTF8.GetBytes(first + Rows)), "p.csv", new PanelOptions { Unit = "u", Time = "t", Outcome = "y" }));
            Assert.Contains("Outcome 'y' is 'x' for unit 'B' at time 2 (p.csv, line 6)", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AHeaderThatIsOneColumnNamesWhatMaySeparateIt()
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => PanelReader.Read(
            new MemoryStream("u|t|y\nA|1|1\n"u8.ToArray()), "p.csv", new PanelOptions { Unit = "u", Time = "t", Outcome = "y" }));
        Assert.Equal("DelimiterUnlike", error.ErrorId);
        Assert.Contains("the header is one column, 'u|t|y'. If '|' separates its fields, give it as {Delimiter}.", error.Message, StringComparison.Ordinal);
    }

    private static Panel Read(string[] times, string treatment, DuplicateRows aggregate = DuplicateRows.Error, string? timeFormat = null)
    {
        string rows = string.Concat(
            new[] { "A", "B", "C" }.SelectMany((unit, i) => times.Select((time, t) => FormattableString.Invariant($"{unit},{time},{i + t}\n"))));
        return PanelReader.Read(
            new MemoryStream(Encoding.UTF8.GetBytes("u,t,y\n" + rows)),
            "p.csv",
            new PanelOptions
            {
                Unit = "u",
                Time = "t",
                Outcome = "y",
                TreatedUnits = ["A"],
                TreatmentTime = treatment,
                Aggregate = aggregate,
                TimeFormat = timeFormat,
            });
    }
}
