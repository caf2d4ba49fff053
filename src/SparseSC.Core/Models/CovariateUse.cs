namespace SparseSC.Core.Models;

/// <summary>What an estimator does with covariates.</summary>
public enum CovariateUse : long
{
    /// <summary>Takes off outcomes what covariates explain of untreated cells, beside fixed effects of units and times.</summary>
    Projected,

    /// <summary>Searches the coefficients of covariates together with the weights.</summary>
    Optimized,
}
