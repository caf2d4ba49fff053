using System.Globalization;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Output;

/// <summary>A summary of the tests of an effect for people.</summary>
internal static class PlaceboSummary
{
    private const int MostRows = 10;

    public static void Write(TextWriter writer, SpacePlacebo test)
    {
        writer.WriteLine("In-space placebo: units by the ratio of their errors after and before the treatment");
        TextTable table = new("rlrrr");
        table.Add("rank", "unit", "ratio", "average gap", "p-value");
        foreach (SpacePlaceboRow row in test.Rows.Where((row, i) => i < MostRows || row.IsTreated))
        {
            string name = row.IsTreated ? row.Unit + " (treated)" : row.Unit;
            table.Add(row.Rank?.ToString(CultureInfo.InvariantCulture) ?? "", name, NumberFormat.Short(row.Ratio), NumberFormat.Short(row.AverageGap), Share(row.PValue));
        }

        table.Write(writer);
        WriteMore(writer, test.Rows.Length - MostRows);
        EffectSummary.WriteInference(writer, test.Estimate.Effect);
        EffectSummary.WriteWarnings(writer, test.Estimate.Warnings);
    }

    public static void Write(TextWriter writer, TimePlacebo test)
    {
        writer.WriteLine($"In-time placebo: the treatment of {test.TreatmentTime} dated back");
        for (int i = 0; i < test.Estimates.Length; i++)
        {
            writer.WriteLine($"As if from {test.PlaceboTimes[i]}");
            EffectSummary.WriteInference(writer, test.Estimates[i].Effect);
        }

        EffectSummary.WriteWarnings(writer, [.. test.Estimates.SelectMany(estimate => estimate.Warnings).Distinct()]);
    }

    public static void Write(TextWriter writer, LeaveOneOutTest test)
    {
        writer.WriteLine($"Average effect {NumberFormat.Short(test.AverageEffect)}; without one donor from {NumberFormat.Short(test.Lowest)} to {NumberFormat.Short(test.Highest)}");
        TextTable table = new("lrrr");
        table.Add("without", "weight", "effect", "change");
        foreach (LeaveOneOutRow row in test.Rows.Take(MostRows))
        {
            table.Add(row.Donor, NumberFormat.Short(row.Weight), NumberFormat.Short(row.AverageEffect), NumberFormat.Short(row.Change));
        }

        table.Write(writer);
        WriteMore(writer, test.Rows.Length - MostRows);
    }

    public static void Write(TextWriter writer, ConformalTest test)
    {
        writer.WriteLine($"Effect on {test.Unit} from {test.TreatmentTime}");
        EffectSummary.WriteValues(writer, test.PerPeriod, test.Average, test.Level);
        foreach (EffectValue value in test.PerPeriod.Append(test.Average).Where(value => value.Intervals is { Length: > 1 }))
        {
            writer.WriteLine($"not rejected {(value.Time is null ? "of the average" : $"of {value.Time}")}: {string.Join(", ", value.Intervals!.Select(interval => interval.ToString()))}");
        }

        writer.WriteLine($"no effect at any time: p = {Share(test.JointPValue)}");
        writer.WriteLine($"p-values and intervals: {test.Method} ({test.PermutationCount} over all times), simplex weights");
        EffectSummary.WriteWarnings(writer, test.Warnings);
    }

    private static void WriteMore(TextWriter writer, int count)
    {
        if (count > 0)
        {
            writer.WriteLine($"  and {count} more, in the JSON");
        }
    }

    private static string Share(double value) => double.IsNaN(value) ? "n/a" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
