using System.Globalization;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Output;

/// <summary>A summary of a fit for people: penalties, matched features, main donors, gaps.</summary>
internal sealed class FitSummary
{
    private const int MostFeatures = 15;
    private const int MostDonors = 8;
    private const int MostUnitsWithDonors = 3;
    private const int MostUnitsWithGaps = 6;

    private readonly TextWriter _writer;
    private readonly SyntheticControlFit _fit;

    private FitSummary(TextWriter writer, SyntheticControlFit fit)
    {
        _writer = writer;
        _fit = fit;
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
            writer.WriteLine($"warning: {warning}");
        }
    }

    private void WriteModel()
    {
        string name = FitJson.ModelTypeName(_fit.ModelType);
        string treated = _fit.TreatedUnits.Length > 0 ? $"{_fit.TreatedUnits.Length} treated, " : "";
        _writer.WriteLine(
            $"{char.ToUpperInvariant(name[0])}{name[1..]} {(_fit.IsFast ? "fast " : "")}fit of {_fit.Predictions.GetLength(0)} units ({treated}{_fit.ControlUnits.Length} donors), "
                + $"{Count(_fit.V.Length, "feature")}, {Count(_fit.Predictions.GetLength(1), "target")}, in {_fit.ElapsedSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s");
        _writer.WriteLine();
        TextTable table = new("ll");
        table.Add("v penalty", NumberFormat.Short(_fit.VPen));
        if (double.IsFinite(_fit.TreatmentVPen))
        {
            table.Add("of treatment", NumberFormat.Short(_fit.TreatmentVPen));
        }

        table.Add("w penalty", NumberFormat.Short(_fit.WPen));
        if (_fit.SelectedIndex is int index && _fit.Scores.Length > 1)
        {
            table.Add("chosen", $"{index + 1} of {_fit.Scores.Length} tried{(_fit.IsFast ? "" : $", iteration {_fit.Iterations.Length}")}");
        }

        table.Add("score", NumberFormat.Short(_fit.Score));
        table.Add("R²", NumberFormat.Short(_fit.ScoreR2));
        if (double.IsFinite(_fit.PreRmspe))
        {
            table.Add("RMSPE before", NumberFormat.Short(_fit.PreRmspe));
            table.Add("of plain mean", NumberFormat.Short(_fit.MeanRmspe));
            table.Add("effective donors", $"{NumberFormat.Short(_fit.EffectiveDonors)} of {_fit.ControlUnits.Length}");
        }

        if (_fit.MatchSpace is { } space)
        {
            table.Add("match space", FitJson.MatchSpaceName(space));
        }

        if (!_fit.IsFast)
        {
            table.Add("constraint", FitJson.ConstraintName(_fit.Constraint));
        }

        table.Write(_writer);
        _writer.WriteLine();
    }

    private void WriteFeatures()
    {
        int[] matched = [.. Enumerable.Range(0, _fit.V.Length).Where(k => _fit.V[k] != 0).OrderByDescending(k => _fit.V[k])];
        _writer.WriteLine($"Matched features: {matched.Length} of {_fit.V.Length}");
        if (matched.Length > 0)
        {
            Func<double, string> format = NumberFormat.Column(matched.Select(k => _fit.V[k]));
            TextTable table = new("lr");
            foreach (int feature in matched.Take(MostFeatures))
            {
                table.Add(_fit.FeatureNames?[feature] ?? $"feature {feature}", format(_fit.V[feature]));
            }

            table.Write(_writer);
            WriteMore(matched.Length - MostFeatures, "feature");
        }

        _writer.WriteLine();
    }

    private void WriteDonors()
    {
        if (_fit.TreatedUnits.Length == 0)
        {
            return;
        }

        if (_fit.Weights is null)
        {
            _writer.WriteLine("Main donors: the unit weights were not kept.");
            _writer.WriteLine();
            return;
        }

        int[] shown = [.. _fit.TreatedUnits.Take(MostUnitsWithDonors)];
        int[][] donors = [.. shown.Select(MainDonors)];
        Func<double, string> format = NumberFormat.Column(shown.SelectMany((unit, u) => donors[u].Select(donor => _fit.Weights[_fit.WeightRow(unit), donor])));
        _writer.WriteLine(shown.Length == 1 ? $"Main donors of {UnitName(shown[0])}" : "Main donors");
        TextTable table = new(string.Concat(Enumerable.Repeat("lr", shown.Length)));
        if (shown.Length > 1)
        {
            table.Add([.. shown.SelectMany(unit => new[] { $"of {UnitName(unit)}", "" })]);
        }

        for (int rank = 0; rank < donors[0].Length; rank++)
        {
            table.Add([.. shown.SelectMany((unit, u) => new[]
            {
                UnitName(_fit.ControlUnits[donors[u][rank]]),
                format(_fit.Weights[_fit.WeightRow(unit), donors[u][rank]]),
            })]);
        }

        if (_fit.ControlUnits.Length > MostDonors)
        {
            table.Add([.. shown.SelectMany((unit, u) => new[] { $"{_fit.ControlUnits.Length - MostDonors} others together", format(RestOfWeights(unit, donors[u])) })]);
        }

        table.Write(_writer);
        WriteMore(_fit.TreatedUnits.Length - shown.Length, "treated unit");
        _writer.WriteLine();
    }

    private void WriteGaps()
    {
        switch (_fit.TreatedUnits.Length)
        {
            case 0:
                GapTables.WriteErrors(_writer, _fit);
                break;
            case 1:
                _writer.WriteLine($"{UnitName(_fit.TreatedUnits[0])}, gap = observed − synthetic");
                GapTables.WriteUnit(_writer, _fit, _fit.TreatedUnits[0]);
                break;
            default:
                _writer.WriteLine("Gap = observed − synthetic");
                int[] shown = [.. _fit.TreatedUnits.Take(MostUnitsWithGaps)];
                GapTables.WriteUnits(_writer, _fit, shown, [.. shown.Select(UnitName)]);
                WriteMore(_fit.TreatedUnits.Length - shown.Length, "treated unit");
                break;
        }
    }

    private int[] MainDonors(int unit) =>
    [
        .. Enumerable.Range(0, _fit.ControlUnits.Length).OrderByDescending(donor => Math.Abs(_fit.Weights![_fit.WeightRow(unit), donor])).Take(MostDonors),
    ];

    private double RestOfWeights(int unit, int[] main) =>
        Enumerable.Range(0, _fit.ControlUnits.Length).Except(main).Sum(donor => _fit.Weights![_fit.WeightRow(unit), donor]);

    private string UnitName(int unit) => _fit.UnitNames?[unit] ?? $"unit {unit}";

    private void WriteMore(int count, string what)
    {
        if (count > 0)
        {
            _writer.WriteLine($"  and {Count(count, $"more {what}")}, in the JSON");
        }
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
