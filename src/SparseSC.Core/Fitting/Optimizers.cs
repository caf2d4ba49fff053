using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Fitting;

/// <summary>The searches by name.</summary>
public static class Optimizers
{
    /// <summary>Names that <see cref="FitOptions.Optimizer"/> takes; the first is the default.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cdl", "newton"];

    internal static ISearch Create(string name) => name switch
    {
        "cdl" => new CoordinateDescentLineSearch(),
        "newton" => new ProjectedNewtonSearch(),
        _ => throw new InvalidInputException("UnknownOptimizer", $"{{Optimizer}} '{name}' is unknown. Choose one of: {string.Join(", ", Names)}.", "Optimizer"),
    };

    /// <summary>
    /// Whether a search leaves the penalty on v out: on the simplex λ‖v‖₁ = λ whatever v is, and as part of the value it only hides
    /// digits. <c>cdl</c> keeps it, because the reference's steps depend on it.
    /// </summary>
    internal static bool IgnoresVPen(string name, FeasibleSet set) => set == FeasibleSet.Simplex && name == "newton";

    internal static SearchOptions Options(FitOptions options, WeightConstraint constraint) => new(
        constraint == WeightConstraint.Simplex ? FeasibleSet.Simplex : FeasibleSet.Orthant,
        options.Tol,
        options.MinIter,
        options.MaxIter,
        options.LearningRate,
        options.LearningRateAdjustment);
}
