namespace SparseSC.Core.Models;

/// <summary>How placebos are made and turned into intervals.</summary>
public sealed class PlaceboOptions
{
    /// <summary>Most placebos to use: with more combinations than this, so many are drawn at random; 0 uses all.</summary>
    public int MaxPlacebos { get; set; } = 10000;

    /// <summary>Seed of the combinations drawn.</summary>
    public uint Seed { get; set; } = 110011;

    /// <summary>Level of the intervals, in (0, 1).</summary>
    public double Level { get; set; } = 0.95;

    /// <summary>p-values and intervals from the placebos' two tails instead of from their absolute values.</summary>
    public bool Asymmetric { get; set; }

    /// <summary>Which placebo an interval ends at.</summary>
    public IntervalRule Interval { get; set; }

    /// <summary>
    /// On which scale placebos of several treated units are. <see cref="PlaceboScale.Design"/> also draws with replacement where treated
    /// units are more than half as many as controls; that of the effect itself needs the contrasts, which differences alone do not have.
    /// </summary>
    public PlaceboScale Scale { get; set; }

    /// <summary>Estimates and placebos of at most this size are rounding and count as 0.</summary>
    internal double Negligible { get; set; }

    /// <summary>The combinations themselves, each as long as there are treated rows; <c>null</c> to enumerate or draw them.</summary>
    public IReadOnlyList<int[]>? Combinations { get; set; }

    /// <summary>Threads to use; 0 means one per processor. Results do not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; set; }
}
