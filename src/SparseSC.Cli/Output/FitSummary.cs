using System.Globalization;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;

namespace SparseSC.Cli.Output;

/// <summary>What a fit found, for people: penalties, matched features, main donors, gaps.</summary>
internal sealed class FitSummary
{
    private const int MostFeatures = 15;
    private const int MostDonors = 8;
    private const int MostUnitsWithDonors = 3;
    private const int MostUnitsWithGaps = 6;

    private readonly TextWriter writer;
    private readonly SyntheticControlFit fit;

    private FitSummary(TextWriter writer, SyntheticControlFit fit)
    {
        this.writer = writer;
        this.fit = fit;
    }

    /// <summary>Writes the summary of <paramref name="fit"/>.</summary>
    public static void Write(TextWriter writer, SyntheticControlFit fit)
    {
        FitSummary summary = new(writer, fit);
        summary.WriteModel();
        summary.WriteFeatures();
        summary.WriteDonors();
        summary.WriteGaps();
        foreach (string warning in fit.Warnings)
        {
            writer.WriteLine($"warning: {OptionText.ToCommandLine(warning)}");
        }
    }

    private void WriteModel()
    {
        string name = FitJson.ModelTypeName(fit.ModelType);
        string treated = fit.TreatedUnits.Length > 0 ? $"{fit.TreatedUnits.Length} treated, " : "";
        writer.WriteLine(
            $"{char.ToUpperInvariant(name[0])}{name[1..]} fit of {fit.Predictions.GetLength(0)} units ({treated}{fit.ControlUnits.Length} donors), "
                + $"{Count(fit.V.Length, "feature")}, {Count(fit.Predictions.GetLength(1), "target")}, in {fit.ElapsedSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s");
        writer.WriteLine();
        TextTable table = new("ll");
        table.Add("v penalty", NumberFormat.Short(fit.VPen));
        table.Add("w penalty", NumberFormat.Short(fit.WPen));
        if (fit.SelectedIndex is int index && fit.Scores.Length > 1)
        {
            table.Add("chosen", $"{index + 1} of {fit.Scores.Length} tried, iteration {fit.Iterations.Length}");
        }

        table.Add("score", NumberFormat.Short(fit.Score));
        table.Add("R²", NumberFormat.Short(fit.ScoreR2));
        table.Add("constraint", FitJson.ConstraintName(fit.Constraint));
        table.Write(writer);
        writer.WriteLine();
    }

    private void WriteFeatures()
    {
        int[] matched = [.. Enumerable.Range(0, fit.V.Length).Where(k => fit.V[k] != 0).OrderByDescending(k => fit.V[k])];
        writer.WriteLine($"Matched features: {matched.Length} of {fit.V.Length}");
        if (matched.Length > 0)
        {
            Func<double, string> format = NumberFormat.Column(matched.Select(k => fit.V[k]));
            TextTable table = new("lr");
            foreach (int feature in matched.Take(MostFeatures))
            {
                table.Add(fit.FeatureNames?[feature] ?? $"feature {feature}", format(fit.V[feature]));
            }

            table.Write(writer);
            WriteMore(matched.Length - MostFeatures, "feature");
        }

        writer.WriteLine();
    }

    private void WriteDonors()
    {
        if (fit.TreatedUnits.Length == 0)
        {
            return;
        }

        if (fit.Weights is null)
        {
            writer.WriteLine("Main donors: the unit weights were not kept.");
            writer.WriteLine();
            return;
        }

        int[] shown = [.. fit.TreatedUnits.Take(MostUnitsWithDonors)];
        int[][] donors = [.. shown.Select(MainDonors)];
        Func<double, string> format = NumberFormat.Column(shown.SelectMany((unit, u) => donors[u].Select(donor => fit.Weights[unit, donor])));
        writer.WriteLine(shown.Length == 1 ? $"Main donors of {UnitName(shown[0])}" : "Main donors");
        TextTable table = new(string.Concat(Enumerable.Repeat("lr", shown.Length)));
        if (shown.Length > 1)
        {
            table.Add([.. shown.SelectMany(unit => new[] { $"of {UnitName(unit)}", "" })]);
        }

        for (int rank = 0; rank < donors[0].Length; rank++)
        {
            table.Add([.. shown.SelectMany((unit, u) => new[]
            {
                UnitName(fit.ControlUnits[donors[u][rank]]),
                format(fit.Weights[unit, donors[u][rank]]),
            })]);
        }

        if (fit.ControlUnits.Length > MostDonors)
        {
            table.Add([.. shown.SelectMany((unit, u) => new[] { $"{fit.ControlUnits.Length - MostDonors} others together", format(RestOfWeights(unit, donors[u])) })]);
        }

        table.Write(writer);
        WriteMore(fit.TreatedUnits.Length - shown.Length, "treated unit");
        writer.WriteLine();
    }

    private void WriteGaps()
    {
        switch (fit.TreatedUnits.Length)
        {
            case 0:
                GapTables.WriteErrors(writer, fit);
                break;
            case 1:
                writer.WriteLine($"{UnitName(fit.TreatedUnits[0])}, gap = observed − synthetic");
                GapTables.WriteUnit(writer, fit, fit.TreatedUnits[0]);
                break;
            default:
                writer.WriteLine("Gap = observed − synthetic");
                int[] shown = [.. fit.TreatedUnits.Take(MostUnitsWithGaps)];
                GapTables.WriteUnits(writer, fit, shown, [.. shown.Select(UnitName)]);
                WriteMore(fit.TreatedUnits.Length - shown.Length, "treated unit");
                break;
        }
    }

    private int[] MainDonors(int unit) =>
    [
        .. Enumerable.Range(0, fit.ControlUnits.Length).OrderByDescending(donor => Math.Abs(fit.Weights![unit, donor])).Take(MostDonors),
    ];

    private double RestOfWeights(int unit, int[] main) =>
        Enumerable.Range(0, fit.ControlUnits.Length).Except(main).Sum(donor => fit.Weights![unit, donor]);

    private string UnitName(int unit) => fit.UnitNames?[unit] ?? $"unit {unit}";

    private void WriteMore(int count, string what)
    {
        if (count > 0)
        {
            writer.WriteLine($"  and {Count(count, $"more {what}")}, in the JSON");
        }
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
