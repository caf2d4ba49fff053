using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>Parameters of a plan of effects as JSON.</summary>
internal static class EffectPlanJson
{
    public static void Write(Utf8JsonWriter json, EffectPlanParameters plan)
    {
        json.WritePropertyName("options");
        EffectOptionsJson.Write(json, plan.Options);
        json.WriteString("outcomeName", plan.OutcomeName);
        json.WriteStartArray("treatmentPeriods");
        foreach (int? period in plan.TreatmentPeriods)
        {
            if (period is int column)
            {
                json.WriteNumberValue(column);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        JsonNames.Write(json, "unitNames", plan.UnitNames);
        JsonNames.Write(json, "timeNames", plan.TimeNames);
        if (plan.Covariates is { } covariates)
        {
            json.WriteStartObject("covariates");
            JsonNames.Write(json, "names", covariates.Names);
            json.WriteBoolean("varying", covariates.Varying);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("covariates");
        }

        JsonNames.Write(json, "treatmentTimes", plan.TreatmentTimes);
        json.WriteStartArray("folds");
        foreach (PlannedFold fold in plan.Folds)
        {
            json.WriteStartObject();
            json.WriteString("treatmentTime", fold.TreatmentTime);
            json.WriteNumber("fold", fold.Fold);
            JsonNumbers.Write(json, "units", fold.Units);
            json.WriteNumber("window", fold.Window);
            json.WriteNumber("weights", fold.Weights);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("mainFits", plan.HasMainFits);
    }

    public static EffectPlanParameters Read(JsonElement json)
    {
        JsonElement covariates = json.Field("covariates");
        return new EffectPlanParameters(
            EffectOptionsJson.Read(json.Field("options")),
            json.Field("outcomeName").GetString()!,
            [.. json.Field("treatmentPeriods").EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? (int?)null : e.GetInt32())],
            JsonNames.Read(json, "unitNames"),
            JsonNames.Read(json, "timeNames"),
            covariates.ValueKind == JsonValueKind.Null ? null : new PlanCovariates(JsonNames.Read(covariates, "names"), covariates.Field("varying").GetBoolean()),
            JsonNames.Read(json, "treatmentTimes") ?? [],
            [.. json.Field("folds").EnumerateArray().Select(ReadFold)],
            json.Field("mainFits").GetBoolean());
    }

    private static PlannedFold ReadFold(JsonElement json) => new(
        json.Field("treatmentTime").GetString()!,
        json.Field("fold").GetInt32(),
        JsonNumbers.ReadIntegers(json.Field("units")),
        json.Field("window").GetInt32(),
        json.Field("weights").GetInt32());
}
