using MathNet.Numerics.Distributions;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>Judges differences of treatment times by replicates of them.</summary>
/// <param name="inference">What the replicates are.</param>
/// <param name="options">How they are judged.</param>
/// <param name="exhaustive">Whether they are all there are.</param>
/// <param name="units">N, controls and treated units.</param>
internal sealed class MeanInference(EffectInference inference, PlaceboOptions options, bool exhaustive, int units)
{
    /// <summary>Judges a path and its summaries.</summary>
    public PlaceboInference Judge(MeanPath path, IReadOnlyList<MeanPath> replicates, string[] times)
    {
        PlaceboInference result = new()
        {
            Method = EffectJson.InferenceName(inference),
            PerPeriod = [.. path.Periods.Select((effect, t) => Judge(effect, Column(path, replicates, t), isSize: false))],
            Average = Judge(path.Average, [.. replicates.Select(replicate => replicate.Average)], isSize: false),
            Rms = Judge(path.Rms, [.. replicates.Select(replicate => replicate.Rms)], isSize: true),
            PlaceboCount = replicates.Count,
            Exhaustive = exhaustive,
            Seed = options.Seed,
            Level = options.Level,
            Asymmetric = options.Asymmetric,
            Interval = options.Interval,
            PlaceboScale = options.Scale,
        };
        for (int t = 0; t < times.Length; t++)
        {
            result.PerPeriod[t].Time = times[t];
        }

        return result;
    }

    /// <summary>The normal quantile that belongs to a two-sided interval.</summary>
    public static double Quantile(double level) => Normal.InvCDF(0, 1, (1 + level) / 2);

    /// <summary>√((N − 1)/N Σ(e − ē)²) of estimates without one unit each; units that change nothing may be missing among them.</summary>
    public static double? Jackknife(double[] estimates, int units) =>
        PlaceboDistribution.StandardError(estimates) * Math.Sqrt(estimates.Length * (units - 1.0) / units);

    private EffectValue Judge(double effect, double[] replicates, bool isSize)
    {
        if (inference == EffectInference.Placebo)
        {
            return PlaceboDistribution.Judge(effect, replicates, options, isSize);
        }

        // A size is not normally distributed, and has no such test.
        double? error = isSize ? null : StandardError(replicates);
        double half = error is null ? double.PositiveInfinity : Quantile(options.Level) * error.Value;
        return new EffectValue
        {
            Effect = effect,
            StandardError = error,
            PValue = error > 0 ? 2 * Normal.CDF(0, 1, -Math.Abs(effect) / error.Value) : double.NaN,
            CiLow = effect - half,
            CiHigh = effect + half,
        };
    }

    private double? StandardError(double[] replicates) =>
        inference == EffectInference.Jackknife ? Jackknife(replicates, units) : PlaceboDistribution.StandardError(replicates);

    // A sample in which a treatment time is missing may lack an event time.
    private static double[] Column(MeanPath path, IReadOnlyList<MeanPath> replicates, int t) =>
        [.. replicates.Where(replicate => replicate.Periods.Length == path.Periods.Length && !double.IsNaN(replicate.Periods[t])).Select(replicate => replicate.Periods[t])];
}
