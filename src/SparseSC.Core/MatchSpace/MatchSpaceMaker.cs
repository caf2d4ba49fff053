using SparseSC.Core.Models;

namespace SparseSC.Core.MatchSpace;

/// <summary>Makes a match space in the way asked for.</summary>
internal static class MatchSpaceMaker
{
    /// <param name="problem">What it is made from.</param>
    /// <param name="score">The matching score of feature weights (K), for the way that chooses by it.</param>
    public static FeatureWeights Make(MatchSpaceProblem problem, Func<double[], double> score) => problem.Options.Kind switch
    {
        MatchSpaceKind.Lasso => LassoMatchSpace.Make(problem),
        MatchSpaceKind.LassoMixed => LassoMixedMatchSpace.Make(problem, score),
        MatchSpaceKind.DLasso => TreatmentLassoMatchSpace.Make(problem),
        MatchSpaceKind.Fixed => FixedMatchSpace.Make(problem),
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem.Options.Kind, null),
    };
}
