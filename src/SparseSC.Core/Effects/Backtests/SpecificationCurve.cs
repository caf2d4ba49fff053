using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Backtests;

/// <summary>The effect under every specification: estimators × pre-period lengths × donor pools.</summary>
/// <remarks>Source: Simonsohn, Simmons, Nelson (2020), "Specification curve analysis", Nature Human Behaviour 4.</remarks>
internal static class SpecificationCurve
{
    /// <summary>Estimates them all.</summary>
    /// <param name="data">The panel.</param>
    /// <param name="estimators">The estimators.</param>
    /// <param name="options">Lengths, pools, and how effects are judged.</param>
    /// <param name="inference">Per estimator where intervals come from.</param>
    /// <param name="progress">Told after every estimate.</param>
    /// <param name="parallel">Threads, and what stops the work.</param>
    /// <returns>By the estimators' order, then lengths, then pools; each with everything first. None where neither lengths nor pools are asked for.</returns>
    /// <exception cref="InvalidInputException">A unit to be left out is not there, or is treated.</exception>
    public static SpecificationEstimate[] Run(
        EffectData data,
        IReadOnlyList<EffectMethod> estimators,
        ComparisonOptions options,
        Func<EffectMethod, EffectInference> inference,
        IProgress<FitProgress>? progress,
        ParallelOptions parallel)
    {
        if (options.PreLengths.Count == 0 && options.Without.Count == 0)
        {
            return [];
        }

        int?[] lengths = [.. options.PreLengths.Select(length => (int?)length).Prepend(options.PrePeriods).Distinct()];
        string[][] pools = [[], .. options.Without];
        EffectData[] without = [.. pools.Select(pool => Without(data, pool))];
        (EffectMethod Estimator, int? Length, int Pool)[] all =
            [.. from estimator in estimators from length in lengths from pool in Enumerable.Range(0, pools.Length) select (estimator, length, pool)];
        SpecificationEstimate[] rows = new SpecificationEstimate[all.Length];
        int done = 0;
        OrderedWork.Run(all.Length, parallel, () => 0, (i, _) =>
        {
            (EffectMethod estimator, int? length, int pool) = all[i];
            rows[i] = new SpecificationEstimate { Estimator = estimator, PrePeriods = length, Without = pools[pool] };
            Estimate(rows[i], without[pool], options.Effect(estimator, inference(estimator), length, options.PostPeriods), parallel.CancellationToken);
            progress?.Report(new FitProgress("Estimating specifications", 0, Interlocked.Increment(ref done), all.Length));
        });
        return rows;
    }

    private static void Estimate(SpecificationEstimate row, EffectData data, EffectOptions options, CancellationToken cancellationToken)
    {
        try
        {
            EffectEstimate estimate = EffectEstimator.Run(data, options, null, cancellationToken);
            EffectValue average = estimate.Effect.Average;
            (row.Effect, row.PValue, row.CiLow, row.CiHigh) = (average.Effect, average.PValue, average.CiLow, average.CiHigh);
            row.PreRmspe = estimate.PreFit.Rms.Effect;
        }
        catch (SparseSCException error)
        {
            row.Reason = error.Message;
        }
    }

    private static EffectData Without(EffectData data, string[] pool)
    {
        string[] names = [.. Enumerable.Range(0, data.Outcomes.Rows).Select(data.UnitName)];
        foreach (string name in pool)
        {
            int row = Array.IndexOf(names, name);
            if (row < 0)
            {
                throw new InvalidInputException("UnknownUnit", $"{{Without}}: there is no unit '{name}'{Names.DidYouMean(name, names) ?? "."}", "Without");
            }

            if (data.TreatmentPeriods[row] is not null)
            {
                throw new InvalidInputException("UnitNotADonor", $"{{Without}}: '{name}' is treated, and no donor. Name units that are never treated.", "Without");
            }
        }

        return pool.Length == 0 ? data : data.Select([.. Enumerable.Range(0, names.Length).Where(row => !pool.Contains(names[row]))]);
    }
}
