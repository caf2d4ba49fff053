using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Models;

/// <summary>A fitted model.</summary>
/// <remarks>Arrays are N units, C donors (controls; all units for a full model), K features, T targets.</remarks>
public sealed class SyntheticControlFit : ISpellable
{
    /// <summary>The model type fitted.</summary>
    public ModelType ModelType { get; set; }

    /// <summary>Rows of the donors, ascending.</summary>
    public int[] ControlUnits { get; set; } = [];

    /// <summary>Rows of the treated units.</summary>
    public int[] TreatedUnits { get; set; } = [];

    /// <summary>Names of the units, or <c>null</c>.</summary>
    public string[]? UnitNames { get; set; }

    /// <summary>Names of the features, or <c>null</c>.</summary>
    public string[]? FeatureNames { get; set; }

    /// <summary>Names (times) of the targets, or <c>null</c>.</summary>
    public string[]? TargetNames { get; set; }

    /// <summary>Whether this is a fast fit: <see cref="Scores"/> are then those of the match space, and <see cref="Score"/> is Σe² over the units fitted.</summary>
    public bool IsFast { get; set; }

    /// <summary>How a match space was made before the fit; <c>null</c> for a joint fit on all features.</summary>
    public MatchSpaceKind? MatchSpace { get; set; }

    /// <summary>The penalty of the treatment's lasso in a d-lasso; <c>NaN</c> otherwise.</summary>
    public double TreatmentVPen { get; set; } = double.NaN;

    /// <summary>The v penalty of the model; <c>NaN</c> for a null model.</summary>
    public double VPen { get; set; }

    /// <summary>The w penalty of the model; <c>NaN</c> for a null model.</summary>
    public double WPen { get; set; }

    /// <summary>How many singular values of the donors' outcomes are kept; <c>null</c> where none are cut.</summary>
    public int? Rank { get; set; }

    /// <summary>Feature weights v, length K; of the features as <see cref="FeatureCentre"/> and <see cref="FeatureScale"/> make them.</summary>
    public double[] V { get; set; } = [];

    /// <summary>What was taken off each feature before the fit, length K; empty when features are as they were given.</summary>
    public double[] FeatureCentre { get; set; } = [];

    /// <summary>What each feature was divided by after that, length K; empty when features are as they were given.</summary>
    public double[] FeatureScale { get; set; } = [];

    /// <summary>The constraint under which v was searched.</summary>
    public WeightConstraint Constraint { get; set; }

    /// <summary>Cross-validation score of the choice.</summary>
    public double Score { get; set; }

    /// <summary>1 − Σe²/Σ(y − ȳ)², pooled over the units fitted.</summary>
    public double ScoreR2 { get; set; }

    /// <summary>Scores of the last iteration.</summary>
    public double[] Scores { get; set; } = [];

    /// <summary>Standard errors of the last iteration.</summary>
    public double[] ScoreStandardErrors { get; set; } = [];

    /// <summary>Index chosen in the last iteration, or <c>null</c>.</summary>
    public int? SelectedIndex { get; set; }

    /// <summary>Every cross-validation, in order.</summary>
    public FitIteration[] Iterations { get; set; } = [];

    /// <summary>Folds of the last iteration.</summary>
    public FoldScores[] Folds { get; set; } = [];

    /// <summary>
    /// Unit weights, a row for each of <see cref="WeightUnits"/> and a column for each donor (N×C with the weights of all units), or
    /// <c>null</c> when they were not asked for.
    /// </summary>
    public double[,]? Weights { get; set; }

    /// <summary>Rows of the units that <see cref="Weights"/> holds, in its order; <c>null</c> when it holds all N.</summary>
    public int[]? WeightUnits { get; set; }

    /// <summary>Synthetic outcomes, N×T.</summary>
    public double[,] Predictions { get; set; } = new double[0, 0];

    /// <summary>Synthetic values of the auxiliary targets, one row per unit, or <c>null</c>.</summary>
    public double[,]? AuxiliaryPredictions { get; set; }

    /// <summary>Observed targets, N×T.</summary>
    public double[,] Targets { get; set; } = new double[0, 0];

    /// <summary>
    /// Root mean squared difference between the treated units' outcomes before the treatment (all features that are no covariates) and their
    /// synthetic ones, averaged over the treated units; <c>NaN</c> without treated units or unit weights.
    /// </summary>
    public double PreRmspe { get; set; } = double.NaN;

    /// <summary>The same for the plain mean of the donors.</summary>
    public double MeanRmspe { get; set; } = double.NaN;

    /// <summary>(Σ|w|)²/Σw² of the treated units' weights, averaged: how many donors of equal weight would be as many.</summary>
    public double EffectiveDonors { get; set; } = double.NaN;

    /// <summary>The treated beside their synthetic control, feature by feature; empty without treated units or unit weights.</summary>
    public BalanceRow[] Balance { get; set; } = [];

    /// <summary>Rows whose targets and matched features are all zero.</summary>
    public int[] TrivialUnits { get; set; } = [];

    /// <summary>Warnings raised on the way, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>SHA-256 of the plan it was merged from, hex; <c>null</c> when it was fitted at once.</summary>
    public string? PlanHash { get; set; }

    /// <summary>Wall-clock time of the fit, in seconds.</summary>
    public double ElapsedSeconds { get; set; }

    /// <summary>The row of <see cref="Weights"/> that belongs to a unit, or −1 when it holds none.</summary>
    public int WeightRow(int unit) => Weights is null ? -1 : WeightUnits is null ? unit : Array.IndexOf(WeightUnits, unit);

    /// <summary>Keeps the weights of the treated units alone, or none, where all have been made.</summary>
    internal void Keep(KeptUnits kept)
    {
        if (kept == KeptUnits.None)
        {
            (Weights, WeightUnits) = (null, null);
        }
        else if (kept == KeptUnits.Treated && Weights is not null && WeightUnits is null && TreatedUnits.Length > 0)
        {
            (Weights, WeightUnits) = (MatrixRows.Rows(Weights, TreatedUnits), TreatedUnits);
        }
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Warnings = [.. Warnings.Select(spell)];
}
