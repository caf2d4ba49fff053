using System.Text.Json;
using static SparseSC.Core.Models.JsonFields;

namespace SparseSC.Core.Models;

/// <summary>The balance in the JSON of a model.</summary>
internal static class BalanceJson
{
    public static void Write(Utf8JsonWriter writer, BalanceRow[] rows)
    {
        if (rows.Length == 0)
        {
            return;
        }

        writer.WriteStartArray("balance");
        foreach (BalanceRow row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("predictor", row.Predictor);
            FitJson.WriteNumber(writer, "treated", row.Treated);
            FitJson.WriteNumber(writer, "synthetic", row.Synthetic);
            FitJson.WriteNumber(writer, "donorMean", row.DonorMean);
            FitJson.WriteNumber(writer, "donorDeviation", row.DonorDeviation);
            FitJson.WriteNumber(writer, "standardisedDifference", row.StandardisedDifference);
            FitJson.WriteNumber(writer, "donorDifference", row.DonorDifference);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Files of earlier versions have none.
    public static BalanceRow[] Read(JsonElement json) => json.TryGetProperty("balance", out JsonElement rows)
        ? [.. rows.EnumerateArray().Select(row => new BalanceRow
        {
            Predictor = row.Text("predictor"),
            Treated = row.Number("treated"),
            Synthetic = row.Number("synthetic"),
            DonorMean = row.Number("donorMean"),
            DonorDeviation = row.Number("donorDeviation"),
        })]
        : [];
}
