using SparseSC.Core.Data;

namespace SparseSC.Core.Tests.Data;

public sealed class TimeAxisTests
{
    [Theory]
    [InlineData("9|10.0|11", "in steps of 1, 9 … 11, none missing")]
    [InlineData("1970|1971|1972", "yearly, 1970 … 1972, none missing")]
    [InlineData("1970|1980|2000", "every 10 years, 1970 … 2000, 1 missing, the first after 1980")]
    [InlineData("0.5|1|1.5", "in steps of 0.5, 0.5 … 1.5, none missing")]
    [InlineData("1|2|9|30", "unevenly spaced, 1 … 30")]
    [InlineData("Week 1|Week 2|Week 9|week  10|Week 11|Week 12", "in steps of 1, Week 1 … Week 12, 6 missing, the first after Week 2")]
    [InlineData("wave2|wave10", "in steps of 8, wave2 … wave10, none missing")]
    [InlineData("2019-12|2020-01|2020-03", "monthly, 2019-12 … 2020-03, 1 missing, the first after 2020-01")]
    [InlineData("2019M9|2019M10|2019m11", "monthly, 2019M9 … 2019m11, none missing")]
    [InlineData("2001Q4|2002Q1|2002-Q2|Q3 2002", "quarterly, 2001Q4 … Q3 2002, none missing")]
    [InlineData("2019H2|2020H1", "half-yearly, 2019H2 … 2020H1, none missing")]
    [InlineData("2020-W52|2020-W53|2021-W01", "weekly, 2020-W52 … 2021-W01, none missing")]
    [InlineData("2020-01-31|2020-02-29|2020-03-31", "monthly, 2020-01-31 … 2020-03-31, none missing")]
    [InlineData("2020-02-28|2020-02-29|2020-03-02", "daily, 2020-02-28 … 2020-03-02, 1 missing, the first after 2020-02-29")]
    [InlineData("2020-01-06|2020-01-20|2020-01-27", "weekly, 2020-01-06 … 2020-01-27, 1 missing, the first after 2020-01-06")]
    [InlineData("2020-01-01T22:00|2020-01-01T23:00|2020-01-02 00:00", "hourly, 2020-01-01T22:00 … 2020-01-02 00:00, none missing")]
    [InlineData("2020-01-01T22:00|2020-01-01T22:15", "every 15 minutes, 2020-01-01T22:00 … 2020-01-01T22:15, none missing")]
    public void TimesAreOrderedAsWhatTheyAreAndTheStepIsSaid(string ascending, string step)
    {
        string[] times = ascending.Split('|');
        TimeAxis axis = TimeAxis.TryCreate([.. times.Reverse()], TimeFormat.None)!;
        Assert.Equal(times, axis.Times);
        Assert.Equal(step, TimeStep.Describe(axis));
    }

    [Fact]
    public void WeekendsAreNoGapsOfWorkingDays()
    {
        string[] days = [.. Enumerable.Range(0, 19).Select(day => new DateTime(2020, 1, 6).AddDays(day))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Select(day => $"{day:yyyy-MM-dd}")];
        Assert.Equal("on working days, 2020-01-06 … 2020-01-24, none missing", TimeStep.Describe(TimeAxis.TryCreate(days, TimeFormat.None)!));
        string[] oneLess = [.. days.Where(day => day != "2020-01-14")];
        Assert.Equal(
            "on working days, 2020-01-06 … 2020-01-24, 1 missing, the first after 2020-01-13",
            TimeStep.Describe(TimeAxis.TryCreate(oneLess, TimeFormat.None)!));
    }

    [Theory]
    [InlineData("10-Jan|9-Jan|9-Mar")]
    [InlineData("11/1/2020|11/2/2020|12/1/2020")]
    [InlineData("01.11.2020|01.12.2020")]
    [InlineData("before|after")]
    [InlineData("2020-13|2020-14")]
    [InlineData("2020Q5|2020Q4")]
    [InlineData("2021-W53|2021-W52")]
    [InlineData("Week 1|Month 2")]
    [InlineData("Week 1|2")]
    [InlineData("2019|2020-01")]
    public void WhatIsNoneOfTheseHasNoOrder(string times) => Assert.Null(TimeAxis.TryCreate(times.Split('|'), TimeFormat.None));

    [Theory]
    [InlineData("dd/MM/yyyy", null, "01/12/2019|01/11/2020|02/11/2020")]
    [InlineData("M/d/yyyy", null, "12/1/2019|2/1/2020|11/1/2020")]
    [InlineData("MMM-yy", null, "Nov-20|DEC-20|Jan-21")]
    [InlineData("MMM yyyy", "de-DE", "Nov 2020|Dez 2020|Jan 2021|Mär 2021|Mai 2021")]
    [InlineData("MMM yyyy", "fr", "janv. 2020|févr 2020|août 2020|déc. 2020")]
    [InlineData("MMMM yyyy", "pl-PL", "styczeń 2020|luty 2020")]
    [InlineData("d MMMM yyyy", "pl_PL", "1 stycznia 2020|1 lutego 2020")]
    [InlineData("d MMM yyyy", "de", "1 Jan. 2020|1 März 2020|1 Okt. 2020")]
    [InlineData("dd.MM.yyyy HH:mm", "no", "01.11.2020 09:00|01.11.2020 10:00")]
    public void AGivenFormatIsRead(string format, string? culture, string ascending)
    {
        string[] times = ascending.Split('|');
        Assert.Equal(times, TimeAxis.TryCreate([.. times.Reverse()], new TimeFormat(format, culture))!.Times);
    }

    /// <summary>No format is needed for months by their names, nor for dates in the order that a culture writes them.</summary>
    [Theory]
    [InlineData(null, "Dec 2019|Jan 2020|feb 2020")]
    [InlineData(null, "December 2019|January 2020")]
    [InlineData(null, "Nov-20|Dec-20|Jan-21")]
    [InlineData(null, "31 Dec 2019|1 Feb 2020")]
    [InlineData(null, "31dec2019|01feb2020")]
    [InlineData(null, "Dec 31, 2019|Feb 1, 2020")]
    [InlineData("de-DE", "Dez 2019|Jan 2020|März 2020")]
    [InlineData("de-DE", "31.12.2019|01.11.2020|02.11.2020")]
    [InlineData("de-DE", "31. Dezember 2019|1. Januar 2020")]
    [InlineData("de-AT", "31.12.2019 23:30|01.01.2020 0:15")]
    [InlineData("en-GB", "31/12/2019|01/11/2020|02/11/2020")]
    [InlineData("en-US", "12/31/2019|1/11/2020|2/10/2020")]
    [InlineData("fr-CA", "2019-12-31|2020/1/11|2020/02/10")]
    [InlineData("fr", "31/12/19|1/1/20")]
    public void MonthsByNameAndDatesOfACultureAreTimes(string? culture, string ascending)
    {
        string[] times = ascending.Split('|');
        Assert.Equal(times, TimeAxis.TryCreate([.. times.Reverse()], new TimeFormat(null, culture))?.Times);
    }

    [Theory]
    [InlineData("en-GB", "12/31/2019|1/11/2020")]
    [InlineData("en-US", "31/12/2019|01/11/2020")]
    public void DatesOfAnotherCultureAreNot(string culture, string times) =>
        Assert.Null(TimeAxis.TryCreate(times.Split('|'), new TimeFormat(null, culture)));

    [Fact]
    public void EveryFormatThatCouldBeMeantIsNamed() =>
        Assert.Equal(["d/M/yyyy", "M/d/yyyy"], TimeFormat.None.Candidates(["11/1/2020", "12/1/2020"]));

    [Fact]
    public void OtherSpellingsOfATimeAreFoundAndTimesBetweenMeanTheNext()
    {
        TimeAxis months = TimeAxis.TryCreate(["2020-01", "2020-02", "2020-04"], TimeFormat.None)!;
        Assert.Equal([1, 1, 2, 2, null], Found(months, "2020M2", "2020-02-01", "2020-02-02", "2020Q2", "2020-05"));
        Assert.Equal([true, false], new[] { months.IsAfterEnd("2020-05"), months.IsAfterEnd("soon") });
        Assert.Equal([0, 1, null, null], Found(TimeAxis.TryCreate(["Week 1", "Week 3"], TimeFormat.None)!, "week 01", "Week 2", "Week 4", "Month 1"));
        Assert.Equal([1], Found(TimeAxis.TryCreate(["1/2/2020", "1/3/2020"], new TimeFormat("d/M/yyyy", null))!, "2020-03-01"));
    }

    [Fact]
    public void MonthsAreEvenlySpaced() =>
        Assert.Equal([1, 1], Differences(TimeAxis.TryCreate(["2020-01", "2020-02", "2020-03"], TimeFormat.None)!));

    private static int?[] Found(TimeAxis axis, params string[] texts) => [.. texts.Select(axis.Find)];

    private static double[] Differences(TimeAxis axis) => [.. axis.Values.Skip(1).Zip(axis.Values, (later, earlier) => later - earlier)];
}
