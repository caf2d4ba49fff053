using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Backtests;

/// <summary>Writes a comparison of estimators as a JSON object.</summary>
public static class ComparisonJson
{
    /// <summary>Writes a comparison to <paramref name="stream"/> as UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="withBacktests">Whether every backtest has a row.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, EstimatorComparison comparison, bool withBacktests = false) => EffectJson.Write(stream, writer =>
    {
        ArgumentNullException.ThrowIfNull(comparison);
        writer.WriteString("format", "sparsesc-comparison");
        writer.WriteNumber("version", 1);
        writer.WriteString("outcomeName", comparison.OutcomeName);
        FitJson.WriteNumber(writer, "level", comparison.Level);
        writer.WriteNumber("seed", comparison.Seed);
        writer.WriteStartArray("estimators");
        foreach (EstimatorScore score in comparison.Scores)
        {
            Write(writer, score, withBacktests);
        }

        writer.WriteEndArray();
        FitJson.WriteNames(writer, "warnings", comparison.Warnings);
        FitJson.WriteNumber(writer, "elapsedSeconds", comparison.ElapsedSeconds);
    });

    /// <summary>How files and the command line write a kind of backtest.</summary>
    public static string KindName(BacktestKind kind) => kind == BacktestKind.Space ? "space" : "time";

    private static void Write(Utf8JsonWriter writer, EstimatorScore score, bool withBacktests)
    {
        writer.WriteStartObject();
        FitJson.WriteNumber(writer, "rank", score.Rank ?? double.NaN);
        writer.WriteString("estimator", EffectJson.MethodName(score.Estimator));
        writer.WriteString("inference", EffectJson.InferenceName(score.Inference));
        WriteSummary(writer, score.All);
        writer.WriteNumber("failed", score.Failed);
        writer.WriteString("reason", score.Reason);
        FitJson.WriteNumber(writer, "seconds", score.Seconds);
        writer.WriteStartObject("space");
        WriteSummary(writer, score.Space);
        writer.WriteEndObject();
        writer.WriteStartObject("time");
        WriteSummary(writer, score.Time);
        writer.WriteEndObject();
        if (score.Specifications.Length > 0)
        {
            writer.WriteStartArray("specifications");
            Array.ForEach(score.Specifications, specification => Write(writer, specification));
            writer.WriteEndArray();
        }

        if (withBacktests)
        {
            writer.WriteStartArray("rows");
            Array.ForEach(score.Backtests, backtest => Write(writer, backtest));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter writer, BacktestSummary summary)
    {
        writer.WriteNumber("backtests", summary.Count);
        FitJson.WriteNumber(writer, "meanError", summary.MeanError);
        FitJson.WriteNumber(writer, "rmse", summary.Rmse);
        FitJson.WriteNumber(writer, "periodRmse", summary.PeriodRmse);
        FitJson.WriteNumber(writer, "coverage", summary.Coverage);
        FitJson.WriteNumber(writer, "meanWidth", summary.MeanWidth);
        writer.WriteNumber("intervals", summary.Intervals);
    }

    private static void Write(Utf8JsonWriter writer, Backtest backtest)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", KindName(backtest.Kind));
        writer.WriteString("unit", backtest.Unit);
        writer.WriteString("treatmentTime", backtest.TreatmentTime);
        writer.WriteNumber("prePeriods", backtest.PrePeriods);
        writer.WriteNumber("postPeriods", backtest.PostPeriods);
        FitJson.WriteNumber(writer, "error", backtest.Error);
        FitJson.WriteNumber(writer, "periodRmse", backtest.PeriodRmse);
        FitJson.WriteNumber(writer, "ciLow", backtest.CiLow);
        FitJson.WriteNumber(writer, "ciHigh", backtest.CiHigh);
        FitJson.WriteNumber(writer, "seconds", backtest.Seconds);
        writer.WriteString("reason", backtest.Reason);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SpecificationEstimate specification)
    {
        writer.WriteStartObject();
        FitJson.WriteNumber(writer, "prePeriods", specification.PrePeriods ?? double.NaN);
        FitJson.WriteNames(writer, "without", specification.Without);
        FitJson.WriteNumber(writer, "effect", specification.Effect);
        FitJson.WriteNumber(writer, "pValue", specification.PValue);
        FitJson.WriteNumber(writer, "ciLow", specification.CiLow);
        FitJson.WriteNumber(writer, "ciHigh", specification.CiHigh);
        FitJson.WriteNumber(writer, "preRmspe", specification.PreRmspe);
        writer.WriteString("reason", specification.Reason);
        writer.WriteEndObject();
    }
}
