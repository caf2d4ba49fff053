namespace SparseSC.Numerics.Optimization;

/// <summary>Settings of a search; the defaults are the reference's.</summary>
/// <param name="FeasibleSet">Where the search may go.</param>
/// <param name="Tolerance">Relative improvement below which a search stops.</param>
/// <param name="MinIterations">The tolerance stops a search only after this iteration (counted from 0).</param>
/// <param name="MaxIterations">Iterations after which a search fails.</param>
/// <param name="LearningRate">First step as a share of the objective, in (0, 1).</param>
/// <param name="LearningRateAdjustment">Factor by which the step adapts, in (0, 1).</param>
/// <param name="GradientTolerance">Violation of the first-order conditions at which searches that look at it stop; on the simplex the duality gap of a convex function.</param>
/// <param name="DecrementTolerance">Share of the value below which what a full Newton step promises ends a search that makes such steps.</param>
public sealed record SearchOptions(
    FeasibleSet FeasibleSet = FeasibleSet.Orthant,
    double Tolerance = 1e-4,
    int MinIterations = 3,
    int MaxIterations = 3000,
    double LearningRate = 0.2,
    double LearningRateAdjustment = 0.9,
    double GradientTolerance = 1e-6,
    double DecrementTolerance = 0);
