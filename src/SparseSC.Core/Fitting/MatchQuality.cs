using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>How well the treated units are matched before the treatment, against the plain mean of their donors.</summary>
internal static class MatchQuality
{
    /// <summary>What to say when weights do little.</summary>
    public const string HardlyBetter = "The match is hardly better than the plain mean of the donors (preRmspe, effectiveDonors).";

    // A match that is better by less than a tenth, or weights of which nineteen in twenty count, are close to equal weights.
    private const double Better = 0.9;
    private const double NearlyAll = 0.95;

    /// <summary>Notes the match of a fit that has kept its unit weights, and warns when it is hardly better than the plain mean.</summary>
    /// <param name="data">What was fitted.</param>
    /// <param name="fit">The model; without treated units, weights or outcomes among the features nothing is noted.</param>
    /// <param name="pool">N×C: who may be a donor of whom, or <c>null</c>.</param>
    /// <param name="hasFixedEffects">Whether each unit has a fixed effect, so that a constant difference is none.</param>
    /// <param name="warns">Whether equal weights are worth a warning: they are none where they are what was asked for.</param>
    public static void Note(FitData data, SyntheticControlFit fit, bool[,]? pool = null, bool hasFixedEffects = false, bool warns = true)
    {
        int columns = data.Features.Columns - (data.Covariates ?? 0);
        if (fit.TreatedUnits.Length == 0 || fit.Weights is not { } weights)
        {
            return;
        }

        fit.Balance = MatchBalance.Of(data, fit, pool);
        if (columns < 1)
        {
            return;
        }

        double synthetic = 0;
        double mean = 0;
        double effective = 0;
        double donors = 0;
        foreach (int unit in fit.TreatedUnits)
        {
            int[] allowed = [.. Enumerable.Range(0, fit.ControlUnits.Length).Where(j => fit.ControlUnits[j] != unit && (pool is null || pool[unit, j]))];
            int row = fit.WeightRow(unit);
            synthetic += RootMeanSquare(data, unit, allowed, fit.ControlUnits, hasFixedEffects, j => weights[row, j]);
            mean += RootMeanSquare(data, unit, allowed, fit.ControlUnits, hasFixedEffects, _ => 1.0 / allowed.Length);
            effective += Effective(allowed.Select(j => weights[row, j]));
            donors += allowed.Length;
        }

        int treated = fit.TreatedUnits.Length;
        (fit.PreRmspe, fit.MeanRmspe, fit.EffectiveDonors) = (synthetic / treated, mean / treated, effective / treated);
        bool isEqual = fit.PreRmspe > Better * fit.MeanRmspe || effective > NearlyAll * donors;
        if (warns && isEqual && fit.V.Any(v => v > 0) && donors > treated)
        {
            fit.Warnings = [.. fit.Warnings, HardlyBetter];
        }
    }

    /// <summary>(Σ|w|)²/Σw²: how many donors of equal weight would be as many; 0 without any weight.</summary>
    public static double Effective(IEnumerable<double> weights)
    {
        double sum = 0;
        double squares = 0;
        foreach (double weight in weights)
        {
            sum += Math.Abs(weight);
            squares += weight * weight;
        }

        return squares > 0 ? sum * sum / squares : 0;
    }

    private static double RootMeanSquare(FitData data, int unit, int[] allowed, int[] controls, bool hasFixedEffects, Func<int, double> weightOf)
    {
        FeatureMatrix features = data.Features;
        int covariates = data.Covariates ?? 0;
        double[] residuals = features.Row(unit)[covariates..].ToArray();
        foreach (int j in allowed)
        {
            double weight = weightOf(j);
            ReadOnlySpan<double> donor = features.Row(controls[j])[covariates..];
            for (int k = 0; k < residuals.Length; k++)
            {
                residuals[k] -= weight * donor[k];
            }
        }

        double constant = hasFixedEffects ? residuals.Average() : 0;
        return Math.Sqrt(residuals.Sum(residual => (residual - constant) * (residual - constant)) / residuals.Length);
    }
}
