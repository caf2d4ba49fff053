using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>The effects of one treatment time when a unit takes no part in it.</summary>
internal static class LeftOut
{
    /// <summary>Observed − synthetic of the treated units that remain, over the periods evaluated.</summary>
    /// <param name="sample">The treatment time.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="doses">Per row of the data what the unit received, or <c>null</c>.</param>
    /// <param name="without">Row of the unit that is left out; −1 takes the main fit as it is.</param>
    /// <param name="model">The estimator.</param>
    /// <param name="main">The main fit.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public static double[][] Differences(
        PeriodSample sample, EffectWindows windows, double[]? doses, int without, IEffectModel model, SyntheticControlFit main, CancellationToken cancellationToken)
    {
        int[] treated = [.. sample.Treated.Where(unit => sample.Units[unit] != without)];
        if (treated.Length == 0)
        {
            return [];
        }

        int first = sample.WindowStart + windows.Length - windows.EvaluationPeriods;
        double[,] synthetic = without < 0 ? Predicted(sample, model, main, treated, cancellationToken) : Refitted(sample, model, main, treated, without, cancellationToken);
        int skipped = without < 0 ? first : windows.Length - windows.EvaluationPeriods;
        double negligible = RoundingNoise.Limit(sample.Outcomes, sample.WindowStart, windows.Length);
        return
        [
            .. treated.Select((unit, i) =>
            {
                double dose = doses is not null && !double.IsNaN(doses[sample.Units[unit]]) ? doses[sample.Units[unit]] : 1;
                return Enumerable.Range(0, windows.EvaluationPeriods)
                    .Select(t => RoundingNoise.Clean(sample.Outcomes[unit, first + t] - synthetic[i, skipped + t], negligible) / dose)
                    .ToArray();
            }),
        ];
    }

    private static double[,] Predicted(PeriodSample sample, IEffectModel model, SyntheticControlFit main, int[] treated, CancellationToken cancellationToken)
    {
        double[,] all = sample.Restore(
            model.Predict(sample.Fit, main, sample.Matched, threads: 1, cancellationToken), [.. Enumerable.Range(0, sample.Units.Length)]);
        return MatrixRows.Rows(all, treated);
    }

    private static double[,] Refitted(
        PeriodSample sample, IEffectModel model, SyntheticControlFit main, int[] treated, int without, CancellationToken cancellationToken)
    {
        int[] kept = [.. Enumerable.Range(0, sample.Units.Length).Where(unit => sample.Units[unit] != without)];
        FitData data = new(
            CrossFit.Rows(sample.Fit.Features, kept),
            CrossFit.Rows(sample.Fit.Targets, kept),
            [.. treated.Select(unit => Array.IndexOf(kept, unit))],
            sample.Fit.Covariates);
        FeatureMatrix window = CrossFit.Rows(sample.Matched, kept, sample.WindowStart, sample.Window);
        return sample.Restore(model.HoldOut(data, main, window, keepWeights: false, cancellationToken).Synthetic, treated);
    }
}
