using System.Text.Json;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Core.Models.JsonFields;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>Reads what <see cref="EffectTestJson"/> writes; of the estimates in it all but outcomes and fits.</summary>
public static class EffectTestFile
{
    /// <summary>Whether JSON is that of a test.</summary>
    public static bool IsTest(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("kind", out JsonElement kind)
        && kind.ValueKind == JsonValueKind.String && kind.GetString() is "space" or "time" or "leave-one-out" or "conformal";

    /// <summary>Reads a test.</summary>
    /// <param name="json">The object that was written.</param>
    /// <param name="source">How messages call the file.</param>
    /// <returns>A <see cref="SpacePlacebo"/>, <see cref="TimePlacebo"/>, <see cref="LeaveOneOutTest"/> or
    /// <see cref="ConformalTest"/>.</returns>
    /// <exception cref="InvalidInputException">It is damaged (<c>TestDamaged</c>).</exception>
    public static object Read(JsonElement json, string source)
    {
        try
        {
            return json.Text("kind") switch
            {
                "space" => Space(json),
                "time" => Time(json),
                "leave-one-out" => LeaveOneOut(json),
                _ => Conformal(json),
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidInputException("TestDamaged", $"'{source}' is damaged ({JsonFault.Reason(error)}). Run the test again.", "Input", error);
        }
    }

    private static SpacePlacebo Space(JsonElement json) => new()
    {
        Estimate = EffectJsonReader.ReadSummary(json),
        Rows =
        [
            .. json.Items("rows").Select(row => new SpacePlaceboRow
            {
                Unit = row.Text("unit"),
                TreatmentTime = row.Text("treatmentTime"),
                IsTreated = row.Flag("treated"),
                AverageGap = row.Number("averageGap"),
                PreRmspe = row.Number("preRmspe"),
                PostRmspe = row.Number("postRmspe"),
                Ratio = row.Number("ratio"),
                Rank = row.Field("rank") is { ValueKind: JsonValueKind.Number } rank ? rank.GetInt32() : null,
                PValue = row.Number("pValue"),
            }),
        ],
    };

    private static TimePlacebo Time(JsonElement json)
    {
        JsonElement[] placebos = json.Items("placebos");
        return new TimePlacebo
        {
            TreatmentTime = json.Text("treatmentTime"),
            PlaceboTimes = [.. placebos.Select(placebo => placebo.Text("placeboTime"))],
            Estimates = [.. placebos.Select(EffectJsonReader.ReadSummary)],
        };
    }

    private static LeaveOneOutTest LeaveOneOut(JsonElement json) => new()
    {
        AverageEffect = json.Number("averageEffect"),
        Lowest = json.Number("lowest"),
        Highest = json.Number("highest"),

        // Files of earlier versions do not have it.
        PerPeriod = json.TryGetProperty("perPeriod", out _) ? [.. json.Items("perPeriod").Select(EffectJsonReader.ReadValue)] : [],
        Rows =
        [
            .. json.Items("rows").Select(row => new LeaveOneOutRow
            {
                Donor = row.Text("donor"),
                Weight = row.Number("weight"),
                AverageEffect = row.Number("averageEffect"),
                Change = row.Number("change"),
                PerPeriod = row.Numbers("perPeriod"),
            }),
        ],
    };

    private static ConformalTest Conformal(JsonElement json) => new()
    {
        Method = json.Text("method"),
        Unit = json.Text("unit"),
        TreatmentTime = json.Text("treatmentTime"),
        Level = json.Number("level"),
        JointPValue = json.Number("pValue"),
        PerPeriod = [.. json.Items("perPeriod").Select(EffectJsonReader.ReadValue)],
        Average = EffectJsonReader.ReadValue(json.Field("average")),
        PermutationCount = json.Whole("permutationCount"),
        Seed = json.Unsigned("seed"),
        PreRmspe = json.Number("preRmspe"),
        ResidualAutocorrelation = json.Number("residualAutocorrelation"),
        Warnings = Names(json, "warnings") ?? [],
    };
}
