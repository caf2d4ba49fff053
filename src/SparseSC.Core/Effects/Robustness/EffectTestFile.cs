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
            return json.GetProperty("kind").GetString() switch
            {
                "space" => Space(json),
                "time" => Time(json),
                "leave-one-out" => LeaveOneOut(json),
                _ => Conformal(json),
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidInputException("TestDamaged", $"'{source}' is damaged ({error.Message}). Run the test again.", "Input", error);
        }
    }

    private static SpacePlacebo Space(JsonElement json) => new()
    {
        Estimate = EffectJsonReader.ReadSummary(json),
        Rows =
        [
            .. json.GetProperty("rows").EnumerateArray().Select(row => new SpacePlaceboRow
            {
                Unit = Text(row, "unit"),
                TreatmentTime = Text(row, "treatmentTime"),
                IsTreated = row.GetProperty("treated").GetBoolean(),
                AverageGap = Number(row.GetProperty("averageGap")),
                PreRmspe = Number(row.GetProperty("preRmspe")),
                PostRmspe = Number(row.GetProperty("postRmspe")),
                Ratio = Number(row.GetProperty("ratio")),
                Rank = row.GetProperty("rank") is { ValueKind: JsonValueKind.Number } rank ? rank.GetInt32() : null,
                PValue = Number(row.GetProperty("pValue")),
            }),
        ],
    };

    private static TimePlacebo Time(JsonElement json)
    {
        JsonElement[] placebos = [.. json.GetProperty("placebos").EnumerateArray()];
        return new TimePlacebo
        {
            TreatmentTime = Text(json, "treatmentTime"),
            PlaceboTimes = [.. placebos.Select(placebo => Text(placebo, "placeboTime"))],
            Estimates = [.. placebos.Select(EffectJsonReader.ReadSummary)],
        };
    }

    private static LeaveOneOutTest LeaveOneOut(JsonElement json) => new()
    {
        AverageEffect = Number(json.GetProperty("averageEffect")),
        Lowest = Number(json.GetProperty("lowest")),
        Highest = Number(json.GetProperty("highest")),
        Rows =
        [
            .. json.GetProperty("rows").EnumerateArray().Select(row => new LeaveOneOutRow
            {
                Donor = Text(row, "donor"),
                Weight = Number(row.GetProperty("weight")),
                AverageEffect = Number(row.GetProperty("averageEffect")),
                Change = Number(row.GetProperty("change")),
                PerPeriod = Numbers(row.GetProperty("perPeriod")),
            }),
        ],
    };

    private static ConformalTest Conformal(JsonElement json) => new()
    {
        Method = Text(json, "method"),
        Unit = Text(json, "unit"),
        TreatmentTime = Text(json, "treatmentTime"),
        Level = Number(json.GetProperty("level")),
        JointPValue = Number(json.GetProperty("pValue")),
        PerPeriod = [.. json.GetProperty("perPeriod").EnumerateArray().Select(EffectJsonReader.ReadValue)],
        Average = EffectJsonReader.ReadValue(json.GetProperty("average")),
        PermutationCount = json.GetProperty("permutationCount").GetInt32(),
        Seed = json.GetProperty("seed").GetUInt32(),
        PreRmspe = Number(json.GetProperty("preRmspe")),
        ResidualAutocorrelation = Number(json.GetProperty("residualAutocorrelation")),
        Warnings = Names(json, "warnings") ?? [],
    };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}
