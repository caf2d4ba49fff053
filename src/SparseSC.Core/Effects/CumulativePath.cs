using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>The effect summed up from the treatment on.</summary>
public static class CumulativePath
{
    private const double Agreement = 1e-6;

    /// <summary>
    /// The sum up to each time, with the interval and p-value of the same test as the sum over all times. They are <c>NaN</c> before the last time where
    /// sums of fewer times cannot be judged alone: with several treated units, or an inference that is not by placebos, or a file without the controls'
    /// synthetic outcomes.
    /// </summary>
    public static EffectValue[] Of(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        EffectValue[] periods = estimate.Effect.PerPeriod;
        EffectValue[] path = new EffectValue[periods.Length];
        double[][]? placebos = Placebos(estimate);
        double sum = 0;
        for (int t = 0; t < path.Length; t++)
        {
            sum += periods[t].Effect;
            path[t] = placebos is null ? Unjudged(sum) : Judged(estimate, sum, [.. placebos.Select(gaps => gaps.Take(t + 1).Sum())]);
            path[t].Time = periods[t].Time;
        }

        // Whatever the estimate's own interval is made of, it is the one that counts.
        if (path.Length > 0 && estimate.Effect.Cumulative is { } total && !Agree(path[^1], total))
        {
            path = [.. path.Select(value => Unjudged(value.Effect, value.Time))];
            (path[^1].CiLow, path[^1].CiHigh, path[^1].PValue) = (total.CiLow, total.CiHigh, total.PValue);
        }

        return path;
    }

    private static double[][]? Placebos(EffectEstimate estimate)
    {
        if (estimate.Effect.Method != "placebo" || estimate.Periods is not [{ TreatedUnits.Length: 1 } period] || !EffectRows.HasSynthetic(period))
        {
            return null;
        }

        double negligible = WindowGaps.Negligible(estimate, period);
        return [.. period.ControlUnits.Select(unit =>
            WindowGaps.Of(estimate, period, Array.IndexOf(period.Units, unit), negligible)[^estimate.EvaluationPeriods..])];
    }

    private static EffectValue Judged(EffectEstimate estimate, double sum, double[] placebos) => PlaceboDistribution.Judge(
        sum,
        placebos,
        new PlaceboOptions { Level = estimate.Effect.Level, Asymmetric = estimate.Effect.Asymmetric, Interval = estimate.Effect.Interval },
        isSize: false);

    private static EffectValue Unjudged(double sum, string? time = null) =>
        new() { Time = time, Effect = sum, PValue = double.NaN, CiLow = double.NaN, CiHigh = double.NaN };

    private static bool Agree(EffectValue computed, EffectValue known) =>
        Agree(computed.Effect, known.Effect, known.Effect) && Agree(computed.CiLow, known.CiLow, known.Effect) && Agree(computed.CiHigh, known.CiHigh, known.Effect);

    private static bool Agree(double computed, double known, double scale) =>
        computed.Equals(known) || Math.Abs(computed - known) <= Agreement * (Math.Abs(known) + Math.Abs(scale));
}
