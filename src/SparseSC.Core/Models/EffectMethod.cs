using SparseSC.Core.Effects.Estimators;

namespace SparseSC.Core.Models;

/// <summary>How the synthetic controls of an effect are fitted.</summary>
public enum EffectMethod : long
{
    /// <summary>The fast fit: a match space by lasso, then the unit-weight penalty by ridge leave-one-out.</summary>
    Fast,

    /// <summary>The joint fit: both penalties by cross-validation.</summary>
    Joint,

    /// <summary>Classic synthetic control: unit weights that are not negative and sum to one, no penalty.</summary>
    Simplex,

    /// <summary>Difference in differences: equal weights and a fixed effect per unit, the baseline nothing is fitted for.</summary>
    DifferenceInDifferences,

    /// <summary>Synthetic difference in differences: simplex weights of donors and of pre-periods, both penalised, with a shift between them.</summary>
    Sdid,

    /// <summary>Ridge-augmented synthetic control: simplex weights that a ridge regression corrects.</summary>
    Augmented,

    /// <summary>Weights whose absolute values sum to one at most.</summary>
    Lasso,

    /// <summary>Weights whose squares sum to a bound at most, which a rule of thumb for the ridge penalty gives.</summary>
    Ridge,

    /// <summary>Weights of an ordinary regression on the donors, without a bound.</summary>
    LeastSquares,

    /// <summary>Penalized synthetic control: simplex weights that also keep every donor near.</summary>
    Penalized,

    /// <summary>Robust synthetic control: a regression on donors' outcomes whose smallest singular values are cut off.</summary>
    Robust,

    /// <summary>Partially pooled synthetic control: weights of all treated units at once, which match each of them and their mean.</summary>
    PartiallyPooled,

    /// <summary>Classic synthetic control with predictors, whose weights are searched: Abadie, Diamond, Hainmueller (2010).</summary>
    Classic,
}
