using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using static SparseSC.Core.Models.JsonFields;

namespace SparseSC.Core.Models;

/// <summary>Reads what <see cref="EffectJson"/> writes: the same bits, with <c>NaN</c> for every number that was not finite.</summary>
internal static class EffectJsonReader
{
    /// <exception cref="InvalidInputException">It is no effect estimate, of another version, or damaged.</exception>
    public static EffectEstimate Read(JsonElement json, string source)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("format", out JsonElement format)
            || format.ValueKind != JsonValueKind.String || format.GetString() != EffectJson.Format)
        {
            string hint = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("fittedBy", out _)
                ? "It was written by an earlier version, which did not write all of an estimate; estimate the effect again."
                : "Give a file that was written by 'sparsesc effects' or exported from an effect.";
            throw new InvalidInputException("NotAnEffectFile", $"'{source}' holds no effect estimate that can be read. {hint}", "Path");
        }

        try
        {
            int version = json.Whole("version");
            return version == EffectJson.Version
                ? ReadEstimate(json, source)
                : throw new InvalidInputException(
                    "EffectVersion",
                    $"'{source}' has version {version}; this version of the software reads version {EffectJson.Version}. "
                        + "Read it with the version that wrote it.",
                    "Path");
        }
        catch (Exception error) when (
            error is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new InvalidInputException(
                "EffectDamaged", $"'{source}' is damaged ({JsonFault.Reason(error)}). Export the effect again.", "Path", error);
        }
    }

    private static EffectEstimate ReadEstimate(JsonElement json, string source)
    {
        EffectEstimate estimate = ReadSummary(json);
        estimate.OutcomeName = json.Text("outcomeName");
        estimate.Synthetic = Matrix(json.Field("synthetic"), OptionalIntegers(json, "syntheticUnits"), json.Field("unitNames").GetArrayLength());
        estimate.Observed = Matrix(json.Field("observed"));
        estimate.CrossFitFolds = json.Whole("crossFitFolds");
        estimate.Periods = [.. json.Items("periods").Select(period => ReadPeriod(period, estimate, source))];
        CheckShapes(estimate);
        return estimate;
    }

    /// <summary>What <see cref="EffectJson.WriteEstimate"/> writes: all but outcomes and fits.</summary>
    internal static EffectEstimate ReadSummary(JsonElement json) => new()
    {
        Method = Named<EffectMethod>(json.Text("fittedBy"), EffectJson.MethodName),
        Inference = json.TryGetProperty("inference", out JsonElement inference)
            ? Named<EffectInference>(inference.GetString(), EffectJson.InferenceName)
            : EffectInference.Placebo,
        ModelType = Named<ModelType>(json.Text("modelType"), FitJson.ModelTypeName),
        Units = Names(json, "unitNames") ?? [],
        Times = Names(json, "times") ?? [],
        PrePeriods = json.Whole("prePeriods"),
        PostPeriods = json.Whole("postPeriods"),
        EvaluationPeriods = json.Whole("evaluationPeriods"),
        PreFit = ReadInference(json.Field("preFit")),
        PostFit = json.TryGetProperty("postFit", out JsonElement postFit) ? ReadInference(postFit) : null,
        Effect = ReadInference(json.Field("effect")),
        Pooling = PoolingJson.Read(json),
        PredictionInterval = PredictionIntervalJson.Read(json),
        ScaledEffect = json.Field("scaledEffect") is { ValueKind: JsonValueKind.Object } scaled ? ReadInference(scaled) : null,
        CrossFitSeed = json.Unsigned("crossFitSeed"),
        Diagnostics = DiagnosticJson.Read(json),
        Warnings = Names(json, "warnings") ?? [],
        ElapsedSeconds = json.Number("elapsedSeconds"),
    };

    private static PlaceboInference ReadInference(JsonElement json) => new()
    {
        Method = json.Text("method"),
        Level = json.Number("level"),
        PerPeriod = [.. json.Items("perPeriod").Select(ReadValue)],
        Average = ReadValue(json.Field("average")),
        Rms = ReadValue(json.Field("rms")),
        Cumulative = Optional(json, "cumulative"),
        Relative = Optional(json, "relative"),
        PlaceboCount = json.Whole("placeboCount"),
        Exhaustive = json.Flag("exhaustive"),
        Seed = json.Unsigned("seed"),
        Asymmetric = json.Flag("asymmetric"),

        // Before these keys were there, placebos and intervals were the reference's.
        PlaceboScale = json.TryGetProperty("placeboScale", out JsonElement scale) ? Named<PlaceboScale>(scale.GetString(), EffectJson.ScaleName) : PlaceboScale.None,
        Interval = json.TryGetProperty("interval", out JsonElement interval) ? Named<IntervalRule>(interval.GetString(), EffectJson.IntervalName) : IntervalRule.Reference,
    };

    internal static EffectValue ReadValue(JsonElement json) => new()
    {
        Time = json.TryGetProperty("time", out JsonElement time) ? time.GetString() : null,
        Effect = json.Number("effect"),
        PValue = json.Number("pValue"),
        CiLow = End(json, "ciLow", double.NegativeInfinity),
        CiHigh = End(json, "ciHigh", double.PositiveInfinity),
        StandardError = json.TryGetProperty("standardError", out JsonElement error) && error.ValueKind == JsonValueKind.Number ? error.GetDouble() : null,
        Intervals = json.TryGetProperty("intervals", out JsonElement intervals)
            ? [.. intervals.EnumerateArray().Select(interval => new EffectInterval
            {
                Low = End(interval, "low", double.NegativeInfinity),
                High = End(interval, "high", double.PositiveInfinity),
            })]
            : null,
    };

    private static EffectValue? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? ReadValue(value) : null;

    // An interval without an end, which JSON cannot say.
    private static double End(JsonElement json, string name, double none) =>
        json.Field(name) is { ValueKind: JsonValueKind.Number } end ? end.GetDouble() : none;

    private static PeriodEffect ReadPeriod(JsonElement json, EffectEstimate estimate, string source)
    {
        int[] units = Integers(json, "units");
        PeriodEffect period = new()
        {
            TreatmentTime = json.Text("treatmentTime"),
            TreatmentPeriod = json.Whole("treatmentPeriod"),
            FitPeriod = json.Whole("fitPeriod"),
            WindowStart = json.Whole("windowStart"),
            Units = units,
            ControlUnits = Integers(json, "controlUnits"),
            TreatedUnits = Integers(json, "treatedUnits"),
            MatchPValue = json.Number("matchPValue"),
            IndividualHalfWidths = [.. json.Numbers("individualHalfWidths").Select(width => double.IsNaN(width) ? double.PositiveInfinity : width)],
            TimeWeights = json.TryGetProperty("timeWeights", out JsonElement times) ? [.. times.EnumerateObject().Select(weight => weight.Value.GetDouble())] : [],
            RmspeRatios = [.. json.Items("rmspeRatios").Select(ReadRatio)],
            Synthetic = json.TryGetProperty("synthetic", out JsonElement synthetic) ? Matrix(synthetic) : MatrixRows.Rows(estimate.Synthetic, units),
            HeldOutSynthetic = json.TryGetProperty("heldOutSynthetic", out JsonElement heldOut) ? Matrix(heldOut) : null,
        };
        period.Fit = WithPredictions(FitJsonReader.Read(json.Field("fit"), source), period, estimate);
        return period;
    }

    // A fit's own predictions are the synthetic outcomes at its targets, and are written once.
    private static SyntheticControlFit WithPredictions(SyntheticControlFit fit, PeriodEffect period, EffectEstimate estimate)
    {
        if (fit.Predictions.Length == 0)
        {
            fit.Predictions = Columns(period.Synthetic, period.FitPeriod, estimate.PostPeriods);
            fit.Targets = Columns(MatrixRows.Rows(estimate.Observed, period.Units), period.FitPeriod, estimate.PostPeriods);
        }

        return fit;
    }

    private static double[,] Columns(double[,] matrix, int start, int count)
    {
        double[,] result = new double[matrix.GetLength(0), count];
        for (int row = 0; row < result.GetLength(0); row++)
        {
            MatrixRows.Row(matrix, row).Slice(start, count).CopyTo(MatrixRows.Row(result, row));
        }

        return result;
    }

    private static RmspeRatio ReadRatio(JsonElement json) => new()
    {
        Unit = json.Text("unit"),
        PreRmspe = json.Number("preRmspe"),
        PostRmspe = json.Number("postRmspe"),
        Ratio = json.Number("ratio"),
        Rank = json.Field("rank") is { ValueKind: JsonValueKind.Number } rank ? rank.GetInt32() : null,
        RankedUnits = json.Whole("rankedUnits"),
        PValue = json.Number("pValue"),
    };

    // What would otherwise show as an index out of range, far from the file it came from.
    private static void CheckShapes(EffectEstimate estimate)
    {
        int units = estimate.Units.Length;
        int times = estimate.Times.Length;
        bool fits = HasShape(estimate.Synthetic, units, times)
            && HasShape(estimate.Observed, units, times)
            && Array.TrueForAll(estimate.Periods, period =>
                HasShape(period.Synthetic, period.Units.Length, times)
                && period.IndividualHalfWidths.Length == times
                && period.Fit.ControlUnits.Concat(period.Fit.TreatedUnits).All(unit => unit < period.Units.Length)
                && (period.HeldOutSynthetic is null || period.HeldOutSynthetic.GetLength(0) == period.ControlUnits.Length)
                && period.Units.All(unit => unit >= 0 && unit < units)
                && period.ControlUnits.Concat(period.TreatedUnits).All(period.Units.Contains));
        if (!fits)
        {
            throw new JsonFieldException("its parts do not fit each other");
        }
    }

    private static bool HasShape(double[,] matrix, int rows, int columns) => matrix.GetLength(0) == rows && matrix.GetLength(1) == columns;
}
