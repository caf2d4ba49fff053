namespace SparseSC.Core.MatchSpace;

/// <summary>A match space: the weight of each feature, 0 for those left out, and where it came from.</summary>
/// <param name="V">Feature weights, K.</param>
/// <param name="VPen">The penalty chosen; <c>NaN</c> when there is none.</param>
internal sealed record FeatureWeights(double[] V, double VPen)
{
    /// <summary>The penalty chosen for the treatment's lasso; <c>NaN</c> without one.</summary>
    public double TreatmentVPen { get; init; } = double.NaN;

    /// <summary>Penalties tried.</summary>
    public double[] Penalties { get; init; } = [];

    /// <summary>Score per penalty: cross-validated mean squared error, or matching score.</summary>
    public double[] Scores { get; init; } = [];

    /// <summary>Standard error per penalty, where scores are cross-validated.</summary>
    public double[] StandardErrors { get; init; } = [];

    /// <summary>Index of the penalty chosen, or <c>null</c>.</summary>
    public int? Selected { get; init; }

    /// <summary>Cross-validation folds (positions among the units fitted) with their scores per penalty.</summary>
    public Models.FoldScores[] Folds { get; init; } = [];

    /// <summary>Whether every lasso met its tolerance.</summary>
    public bool IsConverged { get; init; } = true;

    /// <summary>Whether any feature is matched on.</summary>
    public bool IsEmpty => !V.Any(v => v > 0);
}
