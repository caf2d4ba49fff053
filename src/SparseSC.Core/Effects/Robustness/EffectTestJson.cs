using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>Writes the tests of an effect as JSON objects.</summary>
public static class EffectTestJson
{
    /// <summary>Writes an in-space placebo.</summary>
    public static void Write(Stream stream, SpacePlacebo test) => EffectJson.Write(stream, writer =>
    {
        ArgumentNullException.ThrowIfNull(test);
        writer.WriteString("kind", "space");
        EffectJson.WriteEstimate(writer, test.Estimate);
        writer.WriteStartArray("rows");
        foreach (SpacePlaceboRow row in test.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("unit", row.Unit);
            writer.WriteString("treatmentTime", row.TreatmentTime);
            writer.WriteBoolean("treated", row.IsTreated);
            FitJson.WriteNumber(writer, "averageGap", row.AverageGap);
            FitJson.WriteNumber(writer, "preRmspe", row.PreRmspe);
            FitJson.WriteNumber(writer, "postRmspe", row.PostRmspe);
            FitJson.WriteNumber(writer, "ratio", row.Ratio);
            FitJson.WriteNumber(writer, "rank", row.Rank ?? double.NaN);
            FitJson.WriteNumber(writer, "pValue", row.PValue);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Writes an in-time placebo.</summary>
    public static void Write(Stream stream, TimePlacebo test) => EffectJson.Write(stream, writer =>
    {
        ArgumentNullException.ThrowIfNull(test);
        writer.WriteString("kind", "time");
        writer.WriteString("treatmentTime", test.TreatmentTime);
        writer.WriteStartArray("placebos");
        for (int i = 0; i < test.Estimates.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("placeboTime", test.PlaceboTimes[i]);
            EffectJson.WriteEstimate(writer, test.Estimates[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Writes a leave-one-donor-out test.</summary>
    public static void Write(Stream stream, LeaveOneOutTest test) => EffectJson.Write(stream, writer =>
    {
        ArgumentNullException.ThrowIfNull(test);
        writer.WriteString("kind", "leave-one-out");
        FitJson.WriteNumber(writer, "averageEffect", test.AverageEffect);
        FitJson.WriteNumber(writer, "lowest", test.Lowest);
        FitJson.WriteNumber(writer, "highest", test.Highest);
        EffectJson.WriteValues(writer, "perPeriod", test.PerPeriod);
        writer.WriteStartArray("rows");
        foreach (LeaveOneOutRow row in test.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("donor", row.Donor);
            FitJson.WriteNumber(writer, "weight", row.Weight);
            FitJson.WriteNumber(writer, "averageEffect", row.AverageEffect);
            FitJson.WriteNumber(writer, "change", row.Change);
            FitJson.WriteNumbers(writer, "perPeriod", row.PerPeriod);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Writes a conformal test.</summary>
    public static void Write(Stream stream, ConformalTest test) => EffectJson.Write(stream, writer =>
    {
        ArgumentNullException.ThrowIfNull(test);
        writer.WriteString("kind", "conformal");
        writer.WriteString("method", test.Method);
        writer.WriteString("unitWeight", "simplex");
        writer.WriteString("unit", test.Unit);
        writer.WriteString("treatmentTime", test.TreatmentTime);
        FitJson.WriteNumber(writer, "level", test.Level);
        FitJson.WriteNumber(writer, "pValue", test.JointPValue);
        EffectJson.WriteValues(writer, "perPeriod", test.PerPeriod);
        EffectJson.WriteValue(writer, "average", test.Average);
        writer.WriteNumber("permutationCount", test.PermutationCount);
        writer.WriteNumber("seed", test.Seed);
        FitJson.WriteNumber(writer, "preRmspe", test.PreRmspe);
        FitJson.WriteNumber(writer, "residualAutocorrelation", test.ResidualAutocorrelation);
        FitJson.WriteNames(writer, "warnings", test.Warnings);
    });
}
