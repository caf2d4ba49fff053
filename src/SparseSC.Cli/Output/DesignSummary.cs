using System.Globalization;
using SparseSC.Core.Design;

namespace SparseSC.Cli.Output;

/// <summary>Summaries of designs of experiments for people.</summary>
internal static class DesignSummary
{
    private const int MostRows = 10;

    public static void Write(TextWriter writer, PowerAnalysis analysis)
    {
        writer.WriteLine($"Power{Of(analysis.OutcomeName)}: share of {analysis.Lookback} past windows in which an effect is detected (p < {Plain(analysis.Alpha)})");
        TextTable table = new("lrrrrr");
        table.Add("units", "periods", "effect", "power", "lift", "investment");
        foreach (PowerRow row in analysis.Curves)
        {
            table.Add(
                string.Join(", ", row.Units), Plain(row.Duration), Percent(row.EffectSize), Percent(row.Power), Percent(row.AverageLift), NumberFormat.Short(row.Investment));
        }

        table.Write(writer);
        foreach (DetectableEffect row in analysis.Detectable)
        {
            string who = $"{string.Join(", ", row.Units)}, {row.Duration} periods";
            writer.WriteLine(row.EffectSize is double effect
                ? $"smallest detectable effect of {who}: {Percent(effect)}, investment {NumberFormat.Short(row.Investment ?? double.NaN)}"
                : $"no simulated effect is detectable on {who} with a power above {Percent(analysis.MinPower)}");
        }

        EffectSummary.WriteWarnings(writer, analysis.Warnings);
    }

    public static void Write(TextWriter writer, MarketSelection selection)
    {
        writer.WriteLine($"Test units{Of(selection.OutcomeName)}: {selection.Markets.Length} of {selection.CandidateCount} sets, by what they detect in {selection.Lookback} past windows");
        TextTable table = new("rlrrrrrr");
        table.Add("rank", "units", "periods", "effect", "power", "lift", "investment", "imbalance");
        foreach (Market row in selection.Markets.Take(MostRows))
        {
            table.Add(
                Plain(row.Rank), string.Join(", ", row.Units), Plain(row.Duration), Percent(row.EffectSize), Percent(row.Power), Percent(row.AverageLift),
                NumberFormat.Short(row.Investment), NumberFormat.Short(row.AverageScaledImbalance));
        }

        table.Write(writer);
        if (selection.Markets.Length > MostRows)
        {
            writer.WriteLine($"  and {selection.Markets.Length - MostRows} more, in the JSON");
        }

        EffectSummary.WriteWarnings(writer, selection.Warnings);
    }

    private static string Of(string outcome) => outcome.Length > 0 ? $" on {outcome}" : "";

    private static string Plain(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
