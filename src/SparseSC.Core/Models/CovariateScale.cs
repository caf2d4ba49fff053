namespace SparseSC.Core.Models;

/// <summary>How covariates enter a fit.</summary>
public enum CovariateScale : long
{
    /// <summary>Each covariate centred and brought to the scale of an outcome period, so that its unit of measurement changes nothing.</summary>
    Sd,

    /// <summary>As they are, as in the reference.</summary>
    None,
}
