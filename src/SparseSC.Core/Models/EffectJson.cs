using System.Text.Encodings.Web;
using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Core.Models;

/// <summary>Writes effect estimates and their tests as JSON objects; <c>NaN</c> and infinities become <c>null</c>.</summary>
public static class EffectJson
{
    /// <summary>What a file with an estimate calls itself.</summary>
    internal const string Format = "sparsesc-effects";

    /// <summary>The version of the format. Keys may be added under the same version, never changed.</summary>
    internal const int Version = 1;

    /// <summary>Writes an estimate to <paramref name="stream"/> as UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="estimate">The estimate.</param>
    /// <param name="synthetic">Whose synthetic outcomes are written. Placebos of a file need those of every unit.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, EffectEstimate estimate, KeptUnits synthetic = KeptUnits.All) => Write(stream, writer =>
    {
        ArgumentNullException.ThrowIfNull(estimate);
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteString("outcomeName", estimate.OutcomeName);
        WriteEstimate(writer, estimate);
        writer.WriteNumber("crossFitFolds", estimate.CrossFitFolds);
        bool isWhole = synthetic == KeptUnits.All;
        WritePeriods(writer, estimate, isWhole);
        if (estimate.Periods.Length == 1)
        {
            EffectWeightsJson.Write(writer, estimate, estimate.Periods[0]);
        }

        int[] units = isWhole ? [.. Enumerable.Range(0, estimate.Units.Length)] : estimate.TreatedRows();
        FitJson.WriteInts(writer, "syntheticUnits", units);
        FitJson.WriteMatrix(writer, "synthetic", MatrixRows.Rows(estimate.Synthetic, units));
        FitJson.WriteMatrix(writer, "observed", estimate.Observed);
    });

    /// <summary>Writes one JSON object and a line end.</summary>
    internal static void Write(Stream stream, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>How files and the command line write a way to fit.</summary>
    public static string MethodName(EffectMethod method) => method switch
    {
        EffectMethod.Fast => "fast",
        EffectMethod.Joint => "joint",
        EffectMethod.Simplex => "simplex",
        EffectMethod.DifferenceInDifferences => "did",
        EffectMethod.Sdid => "sdid",
        EffectMethod.Augmented => "augmented",
        EffectMethod.Classic => "classic",
        EffectMethod.Lasso => "lasso",
        EffectMethod.Ridge => "ridge",
        EffectMethod.LeastSquares => "least-squares",
        EffectMethod.Penalized => "penalized",
        EffectMethod.Robust => "robust",
        EffectMethod.PartiallyPooled => "partially-pooled",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };

    internal static string InferenceName(EffectInference inference) => inference switch
    {
        EffectInference.Placebo => "placebo",
        EffectInference.Conformal => "conformal",
        EffectInference.Jackknife => "jackknife",
        EffectInference.Bootstrap => "bootstrap",
        EffectInference.JackknifePlus => "jackknife-plus",
        EffectInference.PredictionInterval => "prediction-interval",
        _ => throw new ArgumentOutOfRangeException(nameof(inference), inference, null),
    };

    internal static string ScaleName(PlaceboScale scale) => scale == PlaceboScale.Design ? "design" : "none";

    internal static string IntervalName(IntervalRule rule) => rule == IntervalRule.Test ? "test" : "reference";

    internal static void WriteEstimate(Utf8JsonWriter writer, EffectEstimate estimate)
    {
        writer.WriteString("fittedBy", MethodName(estimate.Method));
        writer.WriteString("estimator", MethodName(estimate.Method));
        writer.WriteString("inference", InferenceName(estimate.Inference));
        writer.WriteString("modelType", FitJson.ModelTypeName(estimate.ModelType));
        writer.WriteNumber("prePeriods", estimate.PrePeriods);
        writer.WriteNumber("postPeriods", estimate.PostPeriods);
        writer.WriteNumber("evaluationPeriods", estimate.EvaluationPeriods);
        WriteInference(writer, "preFit", estimate.PreFit);
        if (estimate.PostFit is not null)
        {
            WriteInference(writer, "postFit", estimate.PostFit);
        }

        WriteInference(writer, "effect", estimate.Effect);
        PredictionIntervalJson.Write(writer, estimate);
        if (estimate.ScaledEffect is null)
        {
            writer.WriteNull("scaledEffect");
        }
        else
        {
            WriteInference(writer, "scaledEffect", estimate.ScaledEffect);
        }

        FitJson.WriteNames(writer, "unitNames", estimate.Units);
        FitJson.WriteNames(writer, "times", estimate.Times);
        writer.WriteNumber("crossFitSeed", estimate.CrossFitSeed);
        DiagnosticJson.Write(writer, estimate.Diagnostics);
        PoolingJson.Write(writer, estimate.Pooling);
        FitJson.WriteNames(writer, "warnings", estimate.Warnings);
        FitJson.WriteNumber(writer, "elapsedSeconds", estimate.ElapsedSeconds);
    }

    internal static void WriteInference(Utf8JsonWriter writer, string name, PlaceboInference inference)
    {
        writer.WriteStartObject(name);
        writer.WriteString("method", inference.Method);
        FitJson.WriteNumber(writer, "level", inference.Level);
        WriteValues(writer, "perPeriod", inference.PerPeriod);
        WriteValue(writer, "average", inference.Average);
        WriteValue(writer, "rms", inference.Rms);
        if (inference.Cumulative is not null)
        {
            WriteValue(writer, "cumulative", inference.Cumulative);
            WriteOptional(writer, "relative", inference.Relative);
        }

        writer.WriteNumber("placeboCount", inference.PlaceboCount);
        writer.WriteBoolean("exhaustive", inference.Exhaustive);
        writer.WriteNumber("seed", inference.Seed);
        writer.WriteBoolean("asymmetric", inference.Asymmetric);
        writer.WriteString("interval", IntervalName(inference.Interval));
        writer.WriteString("placeboScale", ScaleName(inference.PlaceboScale));
        writer.WriteEndObject();
    }

    internal static void WriteValues(Utf8JsonWriter writer, string name, EffectValue[] values)
    {
        writer.WriteStartArray(name);
        foreach (EffectValue value in values)
        {
            WriteValue(writer, null, value);
        }

        writer.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, EffectValue? value)
    {
        if (value is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            WriteValue(writer, name, value);
        }
    }

    internal static void WriteValue(Utf8JsonWriter writer, string? name, EffectValue value)
    {
        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        writer.WriteStartObject();
        if (value.Time is not null)
        {
            writer.WriteString("time", value.Time);
        }

        FitJson.WriteNumber(writer, "effect", value.Effect);
        FitJson.WriteNumber(writer, "pValue", value.PValue);
        FitJson.WriteNumber(writer, "ciLow", value.CiLow);
        FitJson.WriteNumber(writer, "ciHigh", value.CiHigh);
        FitJson.WriteNumber(writer, "standardError", value.StandardError ?? double.NaN);
        if (value.Intervals is not null)
        {
            writer.WriteStartArray("intervals");
            foreach (EffectInterval interval in value.Intervals)
            {
                writer.WriteStartObject();
                FitJson.WriteNumber(writer, "low", interval.Low);
                FitJson.WriteNumber(writer, "high", interval.High);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WritePeriods(Utf8JsonWriter writer, EffectEstimate estimate, bool isWhole)
    {
        writer.WriteStartArray("periods");
        foreach (PeriodEffect period in estimate.Periods)
        {
            writer.WriteStartObject();
            writer.WriteString("treatmentTime", period.TreatmentTime);
            writer.WriteNumber("treatmentPeriod", period.TreatmentPeriod);
            writer.WriteNumber("fitPeriod", period.FitPeriod);
            writer.WriteNumber("windowStart", period.WindowStart);
            FitJson.WriteInts(writer, "units", period.Units);
            FitJson.WriteInts(writer, "controlUnits", period.ControlUnits);
            FitJson.WriteInts(writer, "treatedUnits", period.TreatedUnits);
            FitJson.WriteNumber(writer, "matchPValue", period.MatchPValue);
            FitJson.WriteNumbers(writer, "individualHalfWidths", period.IndividualHalfWidths);
            WriteRatios(writer, period.RmspeRatios);
            EffectWeightsJson.Write(writer, estimate, period);

            // With one treatment time these are the rows of the estimate's own.
            if (isWhole && estimate.Periods.Length > 1)
            {
                FitJson.WriteMatrix(writer, "synthetic", period.Synthetic);
            }

            if (isWhole && period.HeldOutSynthetic is not null)
            {
                FitJson.WriteMatrix(writer, "heldOutSynthetic", period.HeldOutSynthetic);
            }

            writer.WritePropertyName("fit");
            FitJson.Write(writer, period.Fit, KeptUnits.None);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRatios(Utf8JsonWriter writer, RmspeRatio[] ratios)
    {
        writer.WriteStartArray("rmspeRatios");
        foreach (RmspeRatio ratio in ratios)
        {
            writer.WriteStartObject();
            writer.WriteString("unit", ratio.Unit);
            FitJson.WriteNumber(writer, "preRmspe", ratio.PreRmspe);
            FitJson.WriteNumber(writer, "postRmspe", ratio.PostRmspe);
            FitJson.WriteNumber(writer, "ratio", ratio.Ratio);
            FitJson.WriteNumber(writer, "rank", ratio.Rank ?? double.NaN);
            writer.WriteNumber("rankedUnits", ratio.RankedUnits);
            FitJson.WriteNumber(writer, "pValue", ratio.PValue);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
