namespace SparseSC.Core.Models;

/// <summary>How estimates are made anew for other units.</summary>
public sealed class ResamplingOptions
{
    /// <summary>How many; where there is one treated unit, placebos take every control once instead.</summary>
    public int Replications { get; set; } = 200;

    /// <summary>
    /// The draws themselves in place of random ones: permutations of the controls, counted from 0, of which the last stand in for the treated units;
    /// for a bootstrap rows of the data. <c>null</c> draws.
    /// </summary>
    public int[][]? Draws { get; set; }
}
