namespace SparseSC.Core.MatchSpace;

/// <summary>Feature weights as given.</summary>
internal static class FixedMatchSpace
{
    public static FeatureWeights Make(MatchSpaceProblem problem) => new([.. problem.Options.V!], double.NaN);
}
