using System.Text.Json;
using static SparseSC.Core.Models.JsonFields;

namespace SparseSC.Core.Models;

/// <summary>The pooling of an effect in its JSON.</summary>
internal static class PoolingJson
{
    /// <summary>Writes <c>pooling</c>, where there is any.</summary>
    public static void Write(Utf8JsonWriter writer, PoolingSummary? pooling)
    {
        if (pooling is null)
        {
            return;
        }

        writer.WriteStartObject("pooling");
        FitJson.WriteNumber(writer, "nu", pooling.Nu);
        FitJson.WriteNumber(writer, "globalL2", pooling.GlobalL2);
        FitJson.WriteNumber(writer, "scaledGlobalL2", pooling.ScaledGlobalL2);
        FitJson.WriteNumber(writer, "individualL2", pooling.IndividualL2);
        FitJson.WriteNumber(writer, "scaledIndividualL2", pooling.ScaledIndividualL2);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    public static PoolingSummary? Read(JsonElement json) => json.TryGetProperty("pooling", out JsonElement pooling)
        ? new PoolingSummary
        {
            Nu = pooling.Number("nu"),
            GlobalL2 = pooling.Number("globalL2"),
            ScaledGlobalL2 = pooling.Number("scaledGlobalL2"),
            IndividualL2 = pooling.Number("individualL2"),
            ScaledIndividualL2 = pooling.Number("scaledIndividualL2"),
        }
        : null;
}
