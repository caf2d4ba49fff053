using System.Text.Json;

namespace SparseSC.Core.Models;

/// <summary>Weights of donors and of times by name, of a treatment time's treated unit or of the mean of several.</summary>
internal static class EffectWeightsJson
{
    /// <summary>Writes <c>donorWeights</c> and <c>timeWeights</c>, as far as there are any.</summary>
    public static void Write(Utf8JsonWriter writer, EffectEstimate estimate, PeriodEffect period)
    {
        SyntheticControlFit fit = period.Fit;
        int[] rows = [.. fit.TreatedUnits.Select(fit.WeightRow)];
        if (rows.Length > 0 && Array.TrueForAll(rows, row => row >= 0))
        {
            // Several treated units have weights of their own; those of their mean are the means of these.
            writer.WriteStartObject("donorWeights");
            for (int donor = 0; donor < fit.ControlUnits.Length; donor++)
            {
                FitJson.WriteNumber(writer, estimate.Units[period.Units[fit.ControlUnits[donor]]], rows.Average(row => fit.Weights![row, donor]));
            }

            writer.WriteEndObject();
        }

        if (period.TimeWeights.Length > 0)
        {
            writer.WriteStartObject("timeWeights");
            for (int t = 0; t < period.TimeWeights.Length; t++)
            {
                FitJson.WriteNumber(writer, estimate.Times[period.WindowStart + t], period.TimeWeights[t]);
            }

            writer.WriteEndObject();
        }
    }
}
