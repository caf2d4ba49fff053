using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>Where the unit weights of a joint fit may lie, and which penalties it searches.</summary>
internal static class ConstraintRule
{
    /// <summary>The constraint that applies: simplex, but orthant when both penalties are given.</summary>
    public static WeightConstraint Resolve(FitOptions options)
        => options.Constraint ?? (HasBothPenalties(options) ? WeightConstraint.Orthant : WeightConstraint.Simplex);

    /// <summary>Whether both penalties are given, or one of them has several values.</summary>
    public static bool HasBothPenalties(FitOptions options)
        => options.VPen is { Length: > 1 } || options.WPen is { Length: > 1 } || (options.VPen is not null && options.WPen is not null);
}
