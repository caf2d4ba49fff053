using System.Globalization;
using SparseSC.Core.Effects.Backtests;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Output;

/// <summary>A summary of a comparison of estimators for people.</summary>
internal static class ComparisonSummary
{
    public static void Write(TextWriter writer, EstimatorComparison comparison)
    {
        string outcome = comparison.OutcomeName.Length > 0 ? $" of {comparison.OutcomeName}" : "";
        writer.WriteLine($"Estimators by their errors{outcome} where there is no effect; intervals of {Share(comparison.Level)} should hold 0 as often");
        TextTable table = new("lrrrrrrrrl");
        table.Add("", "rmse", "in space", "in time", "mean error", "coverage", "width", "backtests", "seconds", "");
        foreach (EstimatorScore score in comparison.Scores)
        {
            string[] errors = [.. new[] { score.All.Rmse, score.Space.Rmse, score.Time.Rmse, score.All.MeanError }.Select(NumberFormat.Short)];
            table.Add(
                EffectJson.MethodName(score.Estimator),
                errors[0], errors[1], errors[2], errors[3],
                Share(score.All.Coverage),
                NumberFormat.Short(score.All.MeanWidth),
                score.All.Count.ToString(CultureInfo.InvariantCulture),
                score.Seconds.ToString("0.000", CultureInfo.InvariantCulture),
                score.Inference == EffectInference.Placebo ? "" : $"{score.Inference}");
        }

        table.Write(writer);
        foreach (EstimatorScore score in comparison.Scores.Where(score => score.Reason is not null))
        {
            writer.WriteLine($"{EffectJson.MethodName(score.Estimator)} lacks {score.Failed} of {score.Backtests.Length}: {score.Reason}");
        }

        WriteCurve(writer, [.. comparison.Scores.SelectMany(score => score.Specifications)]);
        EffectSummary.WriteWarnings(writer, comparison.Warnings);
    }

    private static void WriteCurve(TextWriter writer, SpecificationEstimate[] rows)
    {
        if (rows.Length == 0)
        {
            return;
        }

        writer.WriteLine("The effect itself, by specification:");
        TextTable table = new("llrrrrrl");
        table.Add("", "without", "pre-periods", "effect", "p-value", "from", "to", "");
        foreach (SpecificationEstimate row in rows)
        {
            table.Add(
                EffectJson.MethodName(row.Estimator),
                row.Without.Length == 0 ? "-" : string.Join(", ", row.Without),
                row.PrePeriods?.ToString(CultureInfo.InvariantCulture) ?? "all",
                NumberFormat.Short(row.Effect),
                NumberFormat.Short(row.PValue),
                NumberFormat.Short(row.CiLow),
                NumberFormat.Short(row.CiHigh),
                row.Reason ?? "");
        }

        table.Write(writer);
    }

    private static string Share(double share) => double.IsNaN(share) ? "n/a" : (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
