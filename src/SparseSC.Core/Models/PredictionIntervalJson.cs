using System.Text.Json;

namespace SparseSC.Core.Models;

/// <summary>The parts of prediction intervals in files: <c>predictionInterval</c>.</summary>
internal static class PredictionIntervalJson
{
    /// <summary>How files and the command line write a way to bound the error after the treatment.</summary>
    public static string MethodName(OutOfSampleMethod method) => method switch
    {
        OutOfSampleMethod.Gaussian => "gaussian",
        OutOfSampleMethod.LocationScale => "location-scale",
        _ => "quantile",
    };

    /// <summary>Writes the parts, where the estimate has them.</summary>
    public static void Write(Utf8JsonWriter writer, EffectEstimate estimate)
    {
        if (estimate.PredictionInterval is not { } parts)
        {
            return;
        }

        writer.WriteStartObject("predictionInterval");
        FitJson.WriteNumber(writer, "uAlpha", parts.UAlpha);
        FitJson.WriteNumber(writer, "eAlpha", parts.EAlpha);
        writer.WriteString("eMethod", MethodName(parts.Method));
        FitJson.WriteNumber(writer, "rho", parts.Regularisation);
        writer.WriteNumber("draws", parts.Draws);
        writer.WriteNumber("failed", parts.Failed);
        Write(writer, "inSample", parts.InSample);
        Write(writer, "joint", parts.Joint);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter, EffectEstimate)"/> writes.</summary>
    public static PredictionIntervalParts? Read(JsonElement json) => json.TryGetProperty("predictionInterval", out JsonElement parts)
        ? new PredictionIntervalParts
        {
            UAlpha = parts.Number("uAlpha"),
            EAlpha = parts.Number("eAlpha"),
            Method = JsonFields.Named<OutOfSampleMethod>(parts.Text("eMethod"), MethodName),
            Regularisation = parts.Number("rho"),
            Draws = parts.Whole("draws"),
            Failed = parts.Whole("failed"),
            InSample = Read(parts, "inSample"),
            Joint = Read(parts, "joint"),
        }
        : null;

    private static void Write(Utf8JsonWriter writer, string name, EffectInterval[] intervals)
    {
        writer.WriteStartArray(name);
        foreach (EffectInterval interval in intervals)
        {
            writer.WriteStartObject();
            FitJson.WriteNumber(writer, "low", interval.Low);
            FitJson.WriteNumber(writer, "high", interval.High);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static double End(JsonElement end, double none) => end.ValueKind == JsonValueKind.Number ? end.GetDouble() : none;

    private static EffectInterval[] Read(JsonElement json, string name) =>
    [
        .. json.Items(name).Select(interval => new EffectInterval
        {
            Low = End(interval.Field("low"), double.NegativeInfinity),
            High = End(interval.Field("high"), double.PositiveInfinity),
        }),
    ];
}
