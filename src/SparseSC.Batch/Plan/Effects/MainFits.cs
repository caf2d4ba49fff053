using System.Text.Encodings.Web;
using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>The main fits that were made with a plan, one per treatment time, in one file.</summary>
internal static class MainFits
{
    private const string Format = "sparsesc-main-fits";

    public static void Write(string path, IReadOnlyList<SyntheticControlFit> fits) => AtomicFile.Write(path, stream =>
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", PlanParametersJson.Version);
        json.WriteStartArray("fits");
        foreach (SyntheticControlFit fit in fits)
        {
            FitJson.Write(json, fit);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <exception cref="BatchPlanException">The file is damaged.</exception>
    public static SyntheticControlFit[] Read(string path)
    {
        using JsonDocument document = PlanJson.Parse(path);
        PlanParametersJson.CheckHeader(document.RootElement, Format, PlanParametersJson.Version, path);
        try
        {
            return [.. document.RootElement.Field("fits").EnumerateArray().Select(fit => FitJsonReader.Read(fit, path))];
        }
        catch (Exception error) when (error is InvalidInputException or FormatException or InvalidOperationException)
        {
            throw new BatchPlanException(ErrorIds.PlanDamaged, $"'{path}' is damaged ({JsonFault.Reason(error.InnerException ?? error)}). Copy it again, or make the plan again.", error);
        }
    }
}
