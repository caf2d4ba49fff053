using System.Globalization;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Durations in messages.</summary>
internal static class ConfigTime
{
    public static string Describe(TimeSpan span) =>
        span.TotalDays >= 3 ? Text(span.TotalDays, "days")
        : Math.Abs(span.TotalHours) >= 2 ? Text(span.TotalHours, "hours")
        : Math.Abs(span.TotalMinutes) >= 2 ? Text(span.TotalMinutes, "minutes")
        : Text(span.TotalSeconds, "seconds");

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"of {value:0.##} {unit}");
}
