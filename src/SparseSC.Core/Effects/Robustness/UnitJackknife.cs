using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>An effect estimate whose standard errors come from leaving out one unit after the other, where every treated unit has its own fit.</summary>
/// <remarks>
/// Everything is fitted again without the unit, as cross-fits are: a donor is lacking, or a treated unit of several. The standard error is
/// √((N − 1)/N Σ(e − ē)²), intervals are normal. Differences before the treatment are still compared with those of controls, by the main fit.
/// Source: Efron, Stein (1981), Annals of Statistics 9(3); Arkhangelsky et al. (2021), algorithm 3.
/// </remarks>
internal static class UnitJackknife
{
    /// <exception cref="InvalidInputException">Data or options cannot be used, or there are too few controls.</exception>
    public static EffectEstimate Run(EffectData data, EffectOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        EffectOptions shared = options.Copy();
        shared.CrossFitFolds = 1;
        EffectRun run = new(data, shared);
        Check(run);
        SyntheticControlFit[] fits = run.FitAll(progress, cancellationToken);
        int[] units = [.. run.Samples.SelectMany(sample => sample.Units).Distinct().Order()];
        int treated = run.Samples.Sum(sample => sample.Treated.Length);
        int[] left = [.. units.Where(row => treated > 1 || !run.Samples[0].Treated.Any(unit => run.Samples[0].Units[unit] == row))];
        double[][][] whole = [.. run.Samples.Select((_, i) => run.Differences(i, without: -1, fits[i], cancellationToken))];
        MeanPath[] replicates = new MeanPath[left.Length];
        int done = 0;
        progress?.Report(new FitProgress("Leaving units out", 0, 0, left.Length));
        OrderedWork.Run(left.Length, ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken), () => 0, (i, _) =>
        {
            // A treatment time in which the unit takes no part stays as it is.
            replicates[i] = Path([.. run.Samples.SelectMany((sample, s) =>
                sample.Units.Contains(left[i]) ? run.Differences(s, left[i], fits[s], cancellationToken) : whole[s])]);
            progress?.Report(new FitProgress("Leaving units out", 0, Interlocked.Increment(ref done), left.Length));
        });
        MeanPath main = Path([.. whole.SelectMany(rows => rows)]);
        EffectEstimate estimate = run.Assemble(fits, [], cancellationToken);
        MeanInference inference = new(EffectInference.Jackknife, shared.Placebos(null, 0), exhaustive: true, units.Length);
        estimate.Effect = inference.Judge(main, replicates, [.. estimate.Effect.PerPeriod.Select(value => value.Time!)]);
        EffectTotals.Set(estimate.Effect, estimate.EvaluationPeriods, Synthetic(estimate));
        estimate.Inference = EffectInference.Jackknife;
        estimate.ScaledEffect = null;
        return estimate;
    }

    private static MeanPath Path(double[][] rows) => MeanPath.OfUnits(rows, rows[0].Length, isBefore: false);

    private static double[] Synthetic(EffectEstimate estimate) =>
    [
        .. estimate.Periods.SelectMany(period => period.TreatedUnits.SelectMany(row =>
            Enumerable.Range(period.TreatmentPeriod, estimate.EvaluationPeriods).Select(t => estimate.Synthetic[row, t]))),
    ];

    private static void Check(EffectRun run)
    {
        if (run.Samples.FirstOrDefault(sample => sample.Controls.Length < 3) is { } few)
        {
            throw new InvalidInputException(
                "TooFewControls",
                $"{{Inference}} {{Inference:Jackknife}} leaves out one unit after the other, which needs at least 3 controls; the units treated from {run.TimeOf(few)} on have "
                    + $"{few.Controls.Length}.",
                "Inference");
        }
    }
}
