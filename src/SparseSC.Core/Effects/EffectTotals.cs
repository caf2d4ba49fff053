using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>The average effect as a sum over the times, and as a share of the synthetic outcome.</summary>
internal static class EffectTotals
{
    /// <summary>Sets both, each judged as the average is: they are multiples of it.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="times">Times in a sum.</param>
    /// <param name="synthetic">Synthetic outcomes of the treated units at the times of the average.</param>
    public static void Set(PlaceboInference effect, double times, IReadOnlyCollection<double> synthetic)
    {
        effect.Cumulative = Times(effect.Average, times);
        double mean = synthetic.Count == 0 ? 0 : synthetic.Average();
        bool hasOneSign = synthetic.All(value => value >= 0) || synthetic.All(value => value <= 0);
        effect.Relative = hasOneSign && mean != 0 ? Times(effect.Average, 1 / mean) : null;
    }

    private static EffectValue Times(EffectValue value, double factor) => new()
    {
        Effect = value.Effect * factor,
        PValue = value.PValue,
        StandardError = value.StandardError * Math.Abs(factor),
        CiLow = (factor > 0 ? value.CiLow : value.CiHigh) * factor,
        CiHigh = (factor > 0 ? value.CiHigh : value.CiLow) * factor,
        Intervals = value.Intervals?.Select(interval => Times(interval, factor)).OrderBy(interval => interval.Low).ToArray(),
    };

    private static EffectInterval Times(EffectInterval interval, double factor) => new()
    {
        Low = (factor > 0 ? interval.Low : interval.High) * factor,
        High = (factor > 0 ? interval.High : interval.Low) * factor,
    };
}
