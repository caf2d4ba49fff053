using System.Globalization;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Output;

/// <summary>A summary of an effect estimate for people.</summary>
internal static class EffectSummary
{
    private const int MostRatios = 3;
    private const int VerdictWidth = 10;
    private const int LongestSentenceLine = 96;

    /// <summary>Writes the summary of <paramref name="estimate"/>.</summary>
    public static void Write(TextWriter writer, EffectEstimate estimate)
    {
        int treated = estimate.Periods.Sum(period => period.TreatedUnits.Length);
        string who = treated == 1 ? estimate.Units[estimate.Periods[0].TreatedUnits[0]] : $"{treated} treated units";
        string when = estimate.Periods.Length == 1 ? $" from {estimate.Periods[0].TreatmentTime}" : "";
        string outcome = estimate.OutcomeName.Length > 0 ? $" on {estimate.OutcomeName}" : "";
        writer.WriteLine($"Effect{outcome} of {who}{when}, by {EffectJson.MethodName(estimate.Method)} fit in {Seconds(estimate.ElapsedSeconds)} s");
        writer.WriteLine();
        WriteInference(writer, estimate.Effect);
        WriteTotals(writer, estimate.Effect);
        writer.WriteLine();
        WriteChecks(writer, estimate);
        WriteDiagnostics(writer, estimate.Diagnostics);
        WriteWarnings(writer, estimate.Warnings);
    }

    /// <summary>Warnings, one line each.</summary>
    public static void WriteWarnings(TextWriter writer, string[] warnings)
    {
        foreach (string warning in warnings)
        {
            writer.WriteLine($"warning: {warning}");
        }
    }

    /// <summary>A path of effects with its average, and where its p-values and intervals come from.</summary>
    public static void WriteInference(TextWriter writer, PlaceboInference inference)
    {
        WriteValues(writer, inference.PerPeriod, inference.Average, inference.Level);
        string what = inference.Method == "placebo" ? "combinations of controls" : inference.Method.StartsWith("conformal", StringComparison.Ordinal) ? "rearrangements" : inference.Method == "prediction interval" ? "draws" : "replicates";
        string placebos = inference.Exhaustive ? "all" : string.Create(CultureInfo.InvariantCulture, $"drawn with seed {inference.Seed}");
        writer.WriteLine($"p-values and intervals: {inference.Method}, {inference.PlaceboCount.ToString("N0", CultureInfo.InvariantCulture)} {what} ({placebos})");
    }

    /// <summary>Effects, p-values and intervals in columns.</summary>
    public static void WriteValues(TextWriter writer, EffectValue[] perPeriod, EffectValue average, double level)
    {
        EffectValue[] all = [.. perPeriod, average];
        Func<double, string> format = NumberFormat.Column(all.SelectMany(value => new[] { value.Effect, value.CiLow, value.CiHigh }));
        string interval = (100 * level).ToString("0.##", CultureInfo.InvariantCulture) + " %";
        TextTable table = new("lrrrr");
        table.Add("", "effect", "p-value", interval + " from", "to");
        foreach (EffectValue value in all)
        {
            table.Add(value.Time ?? "average", format(value.Effect), double.IsNaN(value.PValue) ? "" : value.PValue.ToString("0.0000", CultureInfo.InvariantCulture), End(value.CiLow, format), End(value.CiHigh, format));
        }

        table.Write(writer);
    }

    private static void WriteTotals(TextWriter writer, PlaceboInference inference)
    {
        if (inference.Cumulative is { } total)
        {
            Func<double, string> format = NumberFormat.Column([total.Effect, total.CiLow, total.CiHigh]);
            writer.WriteLine($"in total: {format(total.Effect)}, from {End(total.CiLow, format)} to {End(total.CiHigh, format)}");
        }

        if (inference.Relative is { } relative)
        {
            static string Percent(double share) => $"{(100 * share).ToString("0.0", CultureInfo.InvariantCulture)} %";
            writer.WriteLine($"as a share of the synthetic outcome: {Percent(relative.Effect)}, from {End(relative.CiLow, Percent)} to {End(relative.CiHigh, Percent)}");
        }
    }

    private static void WriteDiagnostics(TextWriter writer, EffectDiagnostic[] diagnostics)
    {
        if (diagnostics.Length == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine("Whether to believe it");
        foreach (EffectDiagnostic diagnostic in diagnostics)
        {
            string[] lines = [.. Lines($"{diagnostic.What}: {diagnostic.Sentence}")];
            for (int i = 0; i < lines.Length; i++)
            {
                writer.WriteLine($"  {(i == 0 ? VerdictWord(diagnostic.Verdict) : ""),-VerdictWidth}{lines[i]}");
            }
        }

        writer.WriteLine();
    }

    private static IEnumerable<string> Lines(string text)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length + word.Length >= LongestSentenceLine)
            {
                yield return line;
                line = "  ";
            }

            line += line.Length == 0 || line == "  " ? word : $" {word}";
        }

        yield return line;
    }

    private static string VerdictWord(DiagnosticVerdict verdict) => verdict switch
    {
        DiagnosticVerdict.Good => "good",
        DiagnosticVerdict.Doubtful => "doubtful",
        _ => "bad",
    };

    private static void WriteChecks(TextWriter writer, EffectEstimate estimate)
    {
        PlaceboInference pre = estimate.PreFit;
        writer.WriteLine($"before the treatment: average gap {NumberFormat.Short(pre.Average.Effect)}, RMS gap {NumberFormat.Short(pre.Rms.Effect)}");
        writer.WriteLine($"  as large among the controls: p = {NumberFormat.Short(pre.Rms.PValue)} (a low value says that the treated are matched worse)");
        foreach (PeriodEffect period in estimate.Periods.Where(period => double.IsFinite(period.Fit.PreRmspe)).Take(MostRatios))
        {
            string when = estimate.Periods.Length > 1 ? $" of the fit for {period.TreatmentTime}" : "";
            writer.WriteLine($"RMSPE before the treatment{when}: {NumberFormat.Short(period.Fit.PreRmspe)} (plain mean of the donors: {NumberFormat.Short(period.Fit.MeanRmspe)}), "
                + $"{NumberFormat.Short(period.Fit.EffectiveDonors)} effective donors of {period.ControlUnits.Length}");
        }

        if (estimate.ScaledEffect is { } scaled)
        {
            writer.WriteLine($"effect in units of the pre-period RMS gap: {NumberFormat.Short(scaled.Average.Effect)}, p = {NumberFormat.Short(scaled.Average.PValue)}");
        }

        foreach (RmspeRatio ratio in estimate.Periods.SelectMany(period => period.RmspeRatios).Where(ratio => ratio.Rank is not null).Take(MostRatios))
        {
            writer.WriteLine($"post/pre RMS gap of {ratio.Unit}: {NumberFormat.Short(ratio.Ratio)}, rank {ratio.Rank} of {ratio.RankedUnits}");
        }
    }

    private static string End(double value, Func<double, string> format) => double.IsInfinity(value) ? value > 0 ? "∞" : "−∞" : format(value);

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);
}
