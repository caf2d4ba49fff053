using System.Text.Json;
using static SparseSC.Core.Models.JsonFields;

namespace SparseSC.Core.Models;

/// <summary>Diagnostics in the JSON of an effect.</summary>
internal static class DiagnosticJson
{
    public static void Write(Utf8JsonWriter writer, EffectDiagnostic[] diagnostics)
    {
        writer.WriteStartArray("diagnostics");
        foreach (EffectDiagnostic diagnostic in diagnostics)
        {
            writer.WriteStartObject();
            writer.WriteString("what", diagnostic.What);
            FitJson.WriteNumber(writer, "value", diagnostic.Value);
            writer.WriteString("verdict", VerdictName(diagnostic.Verdict));
            writer.WriteString("sentence", diagnostic.Sentence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Files of earlier versions have none.
    public static EffectDiagnostic[] Read(JsonElement json) => json.TryGetProperty("diagnostics", out JsonElement rows)
        ? [.. rows.EnumerateArray().Select(row => new EffectDiagnostic
        {
            What = row.Text("what"),
            Value = row.Number("value"),
            Verdict = Named<DiagnosticVerdict>(row.Text("verdict"), VerdictName),
            Sentence = row.Text("sentence"),
        })]
        : [];

    private static string VerdictName(DiagnosticVerdict verdict) => verdict switch
    {
        DiagnosticVerdict.Good => "good",
        DiagnosticVerdict.Doubtful => "doubtful",
        DiagnosticVerdict.Bad => "bad",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}
