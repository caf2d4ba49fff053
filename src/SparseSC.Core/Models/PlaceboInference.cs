namespace SparseSC.Core.Models;

/// <summary>A path of estimates and its two summaries, each judged against placebos.</summary>
public sealed class PlaceboInference
{
    /// <summary>The method of every p-value and interval here.</summary>
    public string Method { get; set; } = "placebo";

    /// <summary>One estimate per time.</summary>
    public EffectValue[] PerPeriod { get; set; } = [];

    /// <summary>The mean over the times.</summary>
    public EffectValue Average { get; set; } = new();

    /// <summary>The treated units' root mean squares over the times, averaged; its p-value is one-sided.</summary>
    public EffectValue Rms { get; set; } = new();

    /// <summary>Of the effect itself: the sum over the times; <c>null</c> elsewhere.</summary>
    public EffectValue? Cumulative { get; set; }

    /// <summary>
    /// Of the effect itself: the mean as a share of the mean synthetic outcome; <c>null</c> elsewhere, and where synthetic outcomes sum to 0 or change
    /// their sign.
    /// </summary>
    public EffectValue? Relative { get; set; }

    /// <summary>The number of placebos.</summary>
    public int PlaceboCount { get; set; }

    /// <summary>Whether the placebos are all there are.</summary>
    public bool Exhaustive { get; set; }

    /// <summary>Seed of the placebos drawn; it has no influence when they are all there are.</summary>
    public uint Seed { get; set; }

    /// <summary>Level of the intervals, such as 0.95.</summary>
    public double Level { get; set; }

    /// <summary>Whether p-values and intervals follow the placebos' two tails instead of their absolute values.</summary>
    public bool Asymmetric { get; set; }

    /// <summary>On which scale placebos of several treated units are compared.</summary>
    public PlaceboScale PlaceboScale { get; set; }

    /// <summary>Which placebo the intervals end at.</summary>
    public IntervalRule Interval { get; set; }

    /// <summary>The average effect with its interval and p-value.</summary>
    public override string ToString() => $"{Average} ({Method}, {PlaceboCount})";
}
