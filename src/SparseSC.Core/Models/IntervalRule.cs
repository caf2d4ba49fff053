namespace SparseSC.Core.Models;

/// <summary>Which placebo an interval ends at.</summary>
public enum IntervalRule : long
{
    /// <summary>The one at which the p-value passes 1 − level: an interval leaves out 0 exactly when p ≤ 1 − level.</summary>
    Test,

    /// <summary>The rank of the Python package SparseSC, whose intervals may hold 0 when p ≤ 1 − level, and end where nothing can be rejected.</summary>
    Reference,
}
