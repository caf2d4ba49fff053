using SparseSC.Core.Models;

namespace SparseSC.Cli.Output;

/// <summary>Observed and synthetic outcomes, period by period.</summary>
internal static class GapTables
{
    /// <summary>One unit: observed, synthetic, gap and gap in percent of the synthetic outcome.</summary>
    public static void WriteUnit(TextWriter writer, SyntheticControlFit fit, int unit)
    {
        int periods = fit.Predictions.GetLength(1);
        double[] observed = [.. Enumerable.Range(0, periods).Select(period => fit.Targets[unit, period])];
        double[] synthetic = [.. Enumerable.Range(0, periods).Select(period => fit.Predictions[unit, period])];
        Func<double, string> format = NumberFormat.Column(observed.Concat(synthetic));
        TextTable table = new("lrrrr");
        table.Add("", "observed", "synthetic", "gap", "gap %");
        for (int period = 0; period < periods; period++)
        {
            AddRow(table, PeriodName(fit, period), observed[period], synthetic[period], format);
        }

        if (periods > 1)
        {
            AddRow(table, "mean", observed.Average(), synthetic.Average(), format);
        }

        table.Write(writer);
    }

    /// <summary>Several units: one column of gaps each, and the mean over all treated units.</summary>
    public static void WriteUnits(TextWriter writer, SyntheticControlFit fit, int[] shown, string[] names)
    {
        int periods = fit.Predictions.GetLength(1);
        Func<double, string> format = NumberFormat.Column(
            from unit in shown from period in Enumerable.Range(0, periods) select Gap(fit, unit, period));
        TextTable table = new("l" + new string('r', shown.Length + 1));
        table.Add(["", .. names.Select(name => name.Length <= 14 ? name : string.Concat(name.AsSpan(0, 13), "…")), "mean of all"]);
        for (int period = 0; period < periods; period++)
        {
            table.Add(
            [
                PeriodName(fit, period),
                .. shown.Select(unit => format(Gap(fit, unit, period))),
                format(fit.TreatedUnits.Average(unit => Gap(fit, unit, period))),
            ]);
        }

        if (periods > 1)
        {
            table.Add(["mean", .. shown.Select(unit => format(MeanGap(fit, unit))), format(fit.TreatedUnits.Average(unit => MeanGap(fit, unit)))]);
        }

        table.Write(writer);
    }

    /// <summary>No treated unit: how far predictions are from the outcomes, over all units.</summary>
    public static void WriteErrors(TextWriter writer, SyntheticControlFit fit)
    {
        int periods = fit.Predictions.GetLength(1);
        int units = fit.Predictions.GetLength(0);
        double[] errors =
        [
            .. Enumerable.Range(0, periods).Select(period =>
                Math.Sqrt(Enumerable.Range(0, units).Average(unit => Gap(fit, unit, period) * Gap(fit, unit, period)))),
        ];
        Func<double, string> format = NumberFormat.Column(errors);
        writer.WriteLine("Root mean square of observed − synthetic over all units");
        TextTable table = new("lr");
        for (int period = 0; period < periods; period++)
        {
            table.Add(PeriodName(fit, period), format(errors[period]));
        }

        table.Write(writer);
    }

    private static void AddRow(TextTable table, string name, double observed, double synthetic, Func<double, string> format)
    {
        double percent = 100 * (observed - synthetic) / synthetic;
        string share = double.IsFinite(percent) && Math.Abs(percent) < 1e5
            ? percent.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)
            : "";
        table.Add(name, format(observed), format(synthetic), format(observed - synthetic), share);
    }

    private static double Gap(SyntheticControlFit fit, int unit, int period) => fit.Targets[unit, period] - fit.Predictions[unit, period];

    private static double MeanGap(SyntheticControlFit fit, int unit) =>
        Enumerable.Range(0, fit.Predictions.GetLength(1)).Average(period => Gap(fit, unit, period));

    private static string PeriodName(SyntheticControlFit fit, int period) => fit.TargetNames?[period] ?? $"target {period}";
}
