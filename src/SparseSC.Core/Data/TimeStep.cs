using System.Globalization;

namespace SparseSC.Core.Data;

/// <summary>Says in words how the times of a panel follow each other.</summary>
internal static class TimeStep
{
    private const int MonthsOfYear = 12;
    private const int DaysOfWeek = 7;
    private const int SecondsOfMinute = 60;
    private const int SecondsOfHour = 60 * SecondsOfMinute;
    private const double SecondsOfDay = 24 * SecondsOfHour;
    private const int FirstYear = 1500;
    private const int LastYear = 2500;

    /// <summary>Such as <c>monthly, 2019-01 … 2020-12, none missing</c>.</summary>
    public static string Describe(TimeAxis axis)
    {
        string[] times = axis.Times;
        if (times.Length < 2)
        {
            return times[0];
        }

        IReadOnlyList<double> values = axis.Values;
        (long Step, long[] Positions, string Name) steps = axis.Scale switch
        {
            TimeScale.Month => Months([.. values.Select(value => (long)Math.Floor(value + 1e-9))]),
            TimeScale.Day => Days(values),
            TimeScale.Number when values.All(value => value >= FirstYear && value <= LastYear) => Whole(values, step => step == 1 ? "yearly" : $"every {step} years"),
            _ => Whole(values, step => $"in steps of {step}"),
        };
        return $"{Name(steps)}, {times[0]} … {times[^1]}{Missing(steps, times)}";
    }

    private static string Name((long Step, long[] Positions, string Name) steps) => IsUneven(steps) ? "unevenly spaced" : steps.Name;

    // Where most steps are missing there is no step to speak of.
    private static bool IsUneven((long Step, long[] Positions, string Name) steps) =>
        steps.Step == 0 || ((steps.Positions[^1] - steps.Positions[0]) / steps.Step) + 1 > 2L * steps.Positions.Length;

    private static string Missing((long Step, long[] Positions, string Name) steps, string[] times)
    {
        if (IsUneven(steps))
        {
            return "";
        }

        long missing = ((steps.Positions[^1] - steps.Positions[0]) / steps.Step) + 1 - steps.Positions.Length;
        int first = Enumerable.Range(1, times.Length - 1).FirstOrDefault(i => steps.Positions[i] - steps.Positions[i - 1] > steps.Step);
        return missing == 0 ? ", none missing" : string.Create(CultureInfo.InvariantCulture, $", {missing} missing, the first after {times[first - 1]}");
    }

    private static (long Step, long[] Positions, string Name) Months(long[] months)
    {
        long step = Step(months);
        return (step, months, step switch
        {
            1 => "monthly",
            3 => "quarterly",
            6 => "half-yearly",
            MonthsOfYear => "yearly",
            _ when step % MonthsOfYear == 0 => $"every {step / MonthsOfYear} years",
            _ => $"every {step} months",
        });
    }

    private static (long Step, long[] Positions, string Name) Days(IReadOnlyList<double> days)
    {
        DateTime[] dates = [.. days.Select(day => new DateTime((long)Math.Round(day * SecondsOfDay) * TimeSpan.TicksPerSecond))];
        if (Array.Exists(dates, date => date.TimeOfDay.Ticks != 0))
        {
            long[] seconds = [.. dates.Select(date => date.Ticks / TimeSpan.TicksPerSecond)];
            long second = Step(seconds);
            return (second, seconds, second switch
            {
                SecondsOfHour => "hourly",
                _ when second % SecondsOfHour == 0 => $"every {second / SecondsOfHour} hours",
                _ when second % SecondsOfMinute == 0 => $"every {second / SecondsOfMinute} minutes",
                _ => $"every {second} seconds",
            });
        }

        bool areMonths = Array.TrueForAll(dates, date => date.Day == dates[0].Day) || Array.TrueForAll(dates, date => date.AddDays(1).Day == 1);
        if (areMonths)
        {
            return Months([.. dates.Select(date => (date.Year * (long)MonthsOfYear) + date.Month)]);
        }

        long[] whole = [.. dates.Select(date => date.Ticks / TimeSpan.TicksPerDay)];
        long step = Step(whole);
        bool areWorkdays = step == 1 && dates.Length > DaysOfWeek
            && Array.TrueForAll(dates, date => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        return areWorkdays
            ? (1, [.. whole.Select(day => day - (day / DaysOfWeek * 2))], "on working days")
            : (step, whole, step switch { 1 => "daily", DaysOfWeek => "weekly", _ => $"every {step} days" });
    }

    private static (long Step, long[] Positions, string Name) Whole(IReadOnlyList<double> values, Func<long, string> name)
    {
        if (values.Any(value => value != Math.Floor(value) || Math.Abs(value) > 1e15))
        {
            double first = values[1] - values[0];
            bool isEven = Enumerable.Range(1, values.Count - 1).All(i => Math.Abs(values[i] - values[i - 1] - first) <= 1e-9 * Math.Abs(first));
            return isEven
                ? (1, [.. Enumerable.Range(0, values.Count)], string.Create(CultureInfo.InvariantCulture, $"in steps of {first:G6}"))
                : (0, [], "");
        }

        long[] whole = [.. values.Select(value => (long)value)];
        return (Step(whole), whole, name(Step(whole)));
    }

    // The largest step of which all differences are multiples.
    private static long Step(long[] positions)
    {
        long step = 0;
        for (int i = 1; i < positions.Length; i++)
        {
            (long a, long b) = (positions[i] - positions[i - 1], step);
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            step = a;
        }

        return step;
    }
}
