using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>How well estimates and intervals of repeated simulations do.</summary>
internal sealed class SimulationSummary
{
    /// <summary>The number of simulations.</summary>
    public int Count { get; set; }

    /// <summary>Mean of estimate − truth.</summary>
    public double Bias { get; set; }

    /// <summary>Mean of (estimate − truth)².</summary>
    public double MeanSquaredError { get; set; }

    /// <summary>Share of intervals that hold the truth, ends included.</summary>
    public double Coverage { get; set; }

    /// <summary>Mean length of the intervals.</summary>
    public double MeanLength { get; set; }

    /// <summary>Summarises simulations of one effect.</summary>
    /// <param name="estimates">At least one estimate with its interval.</param>
    /// <param name="truth">The effect simulated.</param>
    /// <remarks>The reference's <c>simulation_eval</c> counts intervals that hold their own estimate, which is all of them; this counts those that hold the truth.</remarks>
    public static SimulationSummary Of(IReadOnlyCollection<EffectValue> estimates, double truth)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        ArgumentOutOfRangeException.ThrowIfZero(estimates.Count, nameof(estimates));
        return new SimulationSummary
        {
            Count = estimates.Count,
            Bias = estimates.Average(estimate => estimate.Effect - truth),
            MeanSquaredError = estimates.Average(estimate => (estimate.Effect - truth) * (estimate.Effect - truth)),
            Coverage = estimates.Average(estimate => estimate.CiLow <= truth && truth <= estimate.CiHigh ? 1.0 : 0),
            MeanLength = estimates.Average(estimate => estimate.CiHigh - estimate.CiLow),
        };
    }
}
