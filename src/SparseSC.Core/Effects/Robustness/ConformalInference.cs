using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>An effect estimate whose p-values and intervals come from a conformal test.</summary>
/// <remarks>
/// Several treated units are judged as their mean. Every p-value and interval of the effect is the test's; that of the root mean square is its joint
/// test of no effect at any time. Differences before the treatment are still compared with those of controls, by the main fit.
/// </remarks>
internal static class ConformalInference
{
    /// <exception cref="InvalidInputException">Data or options cannot be used.</exception>
    public static EffectEstimate Run(EffectData data, EffectOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        bool isEqual = options.Method == EffectMethod.DifferenceInDifferences;
        if (data.CovariateCount > 0 && !isEqual)
        {
            throw new InvalidInputException(
                "ConformalWithCovariates",
                "{Inference} {Inference:Conformal} needs a fit that treats all periods alike, which one on covariates does not. Leave {Covariates} out.",
                "Inference");
        }

        EffectOptions shared = options.Copy();
        shared.AverageTreated = true;
        shared.CrossFitFolds = 1;
        EffectEstimate estimate = new EffectRun(data, shared).Estimate(null, cancellationToken);
        ConformalTest test = ConformalTest.Run(data, Settings(options), isEqual, progress, cancellationToken);
        estimate.Inference = options.Inference;
        double[] synthetic = Synthetic(estimate);
        estimate.Effect = new PlaceboInference
        {
            Method = test.Method,
            PerPeriod = test.PerPeriod,
            Average = test.Average,
            Rms = new EffectValue
            {
                Effect = estimate.Effect.Rms.Effect,
                PValue = test.JointPValue,
                CiLow = double.NegativeInfinity,
                CiHigh = double.PositiveInfinity,
            },
            PlaceboCount = test.PermutationCount,
            Exhaustive = options.Conformal.Permutations == ConformalPermutations.Block,
            Seed = test.Seed,
            Level = test.Level,
        };
        EffectTotals.Set(estimate.Effect, test.PerPeriod.Length, synthetic);
        estimate.Warnings = [.. estimate.Warnings, .. test.Warnings];
        estimate.ScaledEffect = null;
        return estimate;
    }

    private static ConformalOptions Settings(EffectOptions options)
    {
        ConformalOptions settings = options.Conformal.Copy();
        settings.Seed = options.Seed;
        settings.Level = options.Level;
        settings.Demean = options.Demean;
        settings.PrePeriods = options.PrePeriods;
        settings.PostPeriods = options.PostPeriods;
        settings.MaxDegreeOfParallelism = options.MaxDegreeOfParallelism;
        return settings;
    }

    private static double[] Synthetic(EffectEstimate estimate)
    {
        PeriodEffect period = estimate.Periods[0];
        return [.. Enumerable.Range(period.TreatmentPeriod, estimate.PostPeriods).Select(t => estimate.Synthetic[period.TreatedUnits[0], t])];
    }
}
