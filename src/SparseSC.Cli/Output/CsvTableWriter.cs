using System.Buffers;
using System.Globalization;
using System.Text;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Output;

/// <summary>Results as CSV: a header, then one row each, with quotes as in RFC 4180 and numbers that come back with every bit.</summary>
internal static class CsvTableWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Writes unit, donor, weight.</summary>
    public static void Write(Stream stream, IEnumerable<UnitWeightRow> rows) =>
        Write(stream, ["unit", "donor", "weight"], rows.Select(row => new[] { row.Unit, row.Donor, Number(row.Weight) }));

    /// <summary>Writes unit, time, observed, synthetic, gap and the interval around the synthetic value.</summary>
    public static void Write(Stream stream, IEnumerable<PredictionRow> rows) => Write(
        stream,
        ["unit", "time", "observed", "synthetic", "gap", "low", "high"],
        rows.Select(row => new[]
        {
            row.Unit, row.Time, Number(row.Observed), Number(row.Synthetic), Number(row.Gap), Number(row.Low), Number(row.High),
        }));

    /// <summary>Writes time, effect, p-value and interval.</summary>
    public static void Write(Stream stream, IEnumerable<EffectValue> rows) => Write(
        stream,
        ["time", "effect", "pValue", "ciLow", "ciHigh"],
        rows.Select(row => new[] { row.Time ?? "", Number(row.Effect), Number(row.PValue), Number(row.CiLow), Number(row.CiHigh) }));

    /// <summary>Writes predictor, treated, synthetic, mean and deviation of the donors, standardised differences, and the treatment time.</summary>
    public static void Write(Stream stream, IEnumerable<BalanceRow> rows) => Write(
        stream,
        ["predictor", "treated", "synthetic", "donorMean", "donorDeviation", "standardisedDifference", "donorDifference", "treatmentTime"],
        rows.Select(row => new[]
        {
            row.Predictor, Number(row.Treated), Number(row.Synthetic), Number(row.DonorMean), Number(row.DonorDeviation),
            Number(row.StandardisedDifference), Number(row.DonorDifference), row.TreatmentTime ?? "",
        }));

    private static void Write(Stream stream, string[] header, IEnumerable<string[]> rows)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        foreach (string[] row in rows.Prepend(header))
        {
            writer.WriteLine(string.Join(',', row.Select(Quote)));
        }
    }

    private static string Quote(string cell)
    {
        bool hasBlankEnds = cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1]));
        bool needsQuotes = hasBlankEnds || cell.AsSpan().ContainsAny(Special);
        return needsQuotes ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    // What JSON writes as null, a number that there is not and an end that an interval does not have, is blank here.
    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
