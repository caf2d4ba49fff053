namespace SparseSC.Core.Models;

/// <summary>What an estimator does with covariates.</summary>
public enum CovariateUse : long
{
    /// <summary>Takes off outcomes what covariates explain of untreated cells, beside fixed effects of units and times.</summary>
    Projected,

    /// <summary>Searches the coefficients of covariates together with the weights.</summary>
    Optimized,

    /// <summary>Matches their means before the treatment along with outcomes, on the scale of these.</summary>
    Match,

    /// <summary>Matches what they leave of outcomes, and themselves exactly.</summary>
    Residualize,
}
