using System.Globalization;
using System.Text.RegularExpressions;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Refuses numbers that are most likely months: <c>2019.10</c> would be the same as <c>2019.1</c> and before <c>2019.9</c>.</summary>
internal static partial class MonthNumbers
{
    /// <summary>Looks at times that are all numbers.</summary>
    /// <param name="times">The times as they are written, each once.</param>
    /// <param name="column">The column they stand in.</param>
    /// <exception cref="InvalidInputException">They look like months, and their order as numbers is another one (<c>TimesLookLikeMonths</c>).</exception>
    public static void Refuse(IReadOnlyList<string> times, string column)
    {
        if (TwoOfOneSize(times) is { } pair)
        {
            throw Error(column, "yyyy.M", $"holds '{pair.First}' and '{pair.Second}', which are one number");
        }

        bool hasOctober = times.Any(time => YearAndMonth().Match(time.Trim()) is { Success: true } match && match.Groups[1].Length == 2);
        string? early = times.FirstOrDefault(time => YearAndMonth().Match(time.Trim()) is { Success: true } match && match.Groups[1].Length == 1);
        if (hasOctober && early is not null && times.All(time => YearAndMonth().IsMatch(time.Trim())))
        {
            string october = times.First(time => YearAndMonth().Match(time.Trim()).Groups[1].Length == 2);
            throw Error(column, "yyyy.M", $"holds '{early}' and '{october}', which look like years with months and as numbers have another order");
        }

        if (times.Count > 1 && times.All(time => MonthAndYear().IsMatch(time.Trim())))
        {
            throw Error(column, "M.yyyy", $"holds '{times[0]}', which looks like a month with its year and as a number has another order");
        }
    }

    // 2019.0 and 2019 are one year in two spellings; 2019.1 and 2019.10 are hardly one time.
    private static (string First, string Second)? TwoOfOneSize(IReadOnlyList<string> times)
    {
        Dictionary<double, string> seen = [];
        foreach (string time in times)
        {
            if (TimeAxis.Number(time) is not double number || number == Math.Floor(number))
            {
                continue;
            }

            if (!seen.TryAdd(number, time) && seen[number].Trim().Length != time.Trim().Length)
            {
                return (seen[number], time);
            }
        }

        return null;
    }

    private static InvalidInputException Error(string column, string format, string what) => new(
        "TimesLookLikeMonths",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{Time}} '{column}' {what}. If they are months, give {{TimeFormat}} '{format}'; otherwise write all with the same number of digits."),
        "TimeFormat");

    [GeneratedRegex(@"^(?:1[5-9]|2[0-4])[0-9]{2}\.([1-9]|1[0-2])$")]
    private static partial Regex YearAndMonth();

    [GeneratedRegex(@"^(?:0?[1-9]|1[0-2])\.(?:1[5-9]|2[0-4])[0-9]{2}$")]
    private static partial Regex MonthAndYear();
}
