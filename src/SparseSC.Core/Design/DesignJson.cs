using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Core.Design;

/// <summary>Writes designs of experiments as JSON objects; <c>NaN</c> and infinities become <c>null</c>.</summary>
public static class DesignJson
{
    private const int Version = 1;

    /// <summary>Writes a power analysis to <paramref name="stream"/> as UTF-8.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, PowerAnalysis analysis) => EffectJson.Write(stream, writer =>
    {
        ArgumentNullException.ThrowIfNull(analysis);
        WriteHead(writer, "sparsesc-power", analysis.OutcomeName);
        WriteSettings(writer, analysis.Alpha, analysis.MinPower, analysis.Side, analysis.Demean, analysis.Lookback, analysis.CostPerUnit);
        WriteRows(writer, "detectable", analysis.Detectable, row =>
        {
            FitJson.WriteNames(writer, "units", row.Units);
            writer.WriteNumber("duration", row.Duration);
            FitJson.WriteNumber(writer, "effectSize", row.EffectSize ?? double.NaN);
            FitJson.WriteNumber(writer, "power", row.Power ?? double.NaN);
            FitJson.WriteNumber(writer, "averageLift", row.AverageLift ?? double.NaN);
            FitJson.WriteNumber(writer, "investment", row.Investment ?? double.NaN);
        });
        WriteCurves(writer, analysis.Curves);
        WriteRows(writer, "simulations", analysis.Simulations, row =>
        {
            FitJson.WriteNames(writer, "units", row.Units);
            writer.WriteNumber("duration", row.Duration);
            FitJson.WriteNumber(writer, "effectSize", row.EffectSize);
            writer.WriteString("treatmentTime", row.TreatmentTime);
            writer.WriteNumber("treatmentStart", row.TreatmentStart);
            FitJson.WriteNumber(writer, "pValue", row.PValue);
            writer.WriteBoolean("detected", row.IsDetected);
            FitJson.WriteNumber(writer, "att", row.Att);
            FitJson.WriteNumber(writer, "lift", row.Lift);
            FitJson.WriteNumber(writer, "scaledImbalance", row.ScaledImbalance);
            FitJson.WriteNumber(writer, "investment", row.Investment);
        });
        WriteEnd(writer, analysis.Warnings, analysis.ElapsedSeconds);
    });

    /// <summary>Writes a market selection to <paramref name="stream"/> as UTF-8.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, MarketSelection selection) => EffectJson.Write(stream, writer =>
    {
        ArgumentNullException.ThrowIfNull(selection);
        WriteHead(writer, "sparsesc-markets", selection.OutcomeName);
        writer.WriteString("ranking", selection.Ranking == MarketRanking.GeoLift ? "geolift" : "power");
        WriteSettings(writer, selection.Alpha, selection.MinPower, selection.Side, selection.Demean, selection.Lookback, selection.CostPerUnit);
        writer.WriteNumber("candidateCount", selection.CandidateCount);
        writer.WriteNumber("fitCount", selection.FitCount);
        WriteRows(writer, "markets", selection.Markets, row =>
        {
            writer.WriteNumber("rank", row.Rank);
            FitJson.WriteNames(writer, "units", row.Units);
            writer.WriteNumber("duration", row.Duration);
            FitJson.WriteNumber(writer, "effectSize", row.EffectSize);
            FitJson.WriteNumber(writer, "power", row.Power);
            FitJson.WriteNumber(writer, "averageScaledImbalance", row.AverageScaledImbalance);
            FitJson.WriteNumber(writer, "investment", row.Investment);
            FitJson.WriteNumber(writer, "averageAtt", row.AverageAtt);
            FitJson.WriteNumber(writer, "averageLift", row.AverageLift);
            FitJson.WriteNumber(writer, "shareOfOutcome", row.ShareOfOutcome);
            FitJson.WriteNumber(writer, "liftError", row.LiftError);
            FitJson.WriteNumber(writer, "holdout", row.Holdout);
            FitJson.WriteNumber(writer, "correlation", row.Correlation);
        });
        WriteCurves(writer, selection.Curves);
        WriteEnd(writer, selection.Warnings, selection.ElapsedSeconds);
    });

    private static void WriteHead(Utf8JsonWriter writer, string format, string outcomeName)
    {
        writer.WriteString("format", format);
        writer.WriteNumber("version", Version);
        writer.WriteString("outcomeName", outcomeName);
    }

    private static void WriteSettings(Utf8JsonWriter writer, double alpha, double minPower, TestSide side, bool demean, int lookback, double costPerUnit)
    {
        FitJson.WriteNumber(writer, "alpha", alpha);
        FitJson.WriteNumber(writer, "minPower", minPower);
        writer.WriteString("side", side == TestSide.TwoSided ? "two-sided" : "one-sided");
        writer.WriteBoolean("demean", demean);
        writer.WriteNumber("lookback", lookback);
        FitJson.WriteNumber(writer, "costPerUnit", costPerUnit);
    }

    private static void WriteCurves(Utf8JsonWriter writer, PowerRow[] curves) => WriteRows(writer, "curves", curves, row =>
    {
        FitJson.WriteNames(writer, "units", row.Units);
        writer.WriteNumber("duration", row.Duration);
        FitJson.WriteNumber(writer, "effectSize", row.EffectSize);
        FitJson.WriteNumber(writer, "power", row.Power);
        writer.WriteNumber("simulations", row.Simulations);
        FitJson.WriteNumber(writer, "averageAtt", row.AverageAtt);
        FitJson.WriteNumber(writer, "averageLift", row.AverageLift);
        FitJson.WriteNumber(writer, "averageScaledImbalance", row.AverageScaledImbalance);
        FitJson.WriteNumber(writer, "investment", row.Investment);
    });

    private static void WriteRows<T>(Utf8JsonWriter writer, string name, IEnumerable<T> rows, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T row in rows)
        {
            writer.WriteStartObject();
            write(row);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteEnd(Utf8JsonWriter writer, string[] warnings, double elapsedSeconds)
    {
        FitJson.WriteNames(writer, "warnings", warnings);
        FitJson.WriteNumber(writer, "elapsedSeconds", elapsedSeconds);
    }
}
