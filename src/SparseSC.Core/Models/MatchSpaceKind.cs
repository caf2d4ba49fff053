namespace SparseSC.Core.Models;

/// <summary>How the features to match on, and their weights, are found apart from the unit weights.</summary>
public enum MatchSpaceKind : long
{
    /// <summary>Multi-task lasso of the targets on the features, its penalty chosen by cross-validation.</summary>
    Lasso,

    /// <summary>Multi-task lasso whose penalty is the one with the lowest matching score of the units fitted.</summary>
    LassoMixed,

    /// <summary>The lasso of the targets mixed with a lasso of the treatment on the features.</summary>
    DLasso,

    /// <summary>Feature weights as given.</summary>
    Fixed,
}
