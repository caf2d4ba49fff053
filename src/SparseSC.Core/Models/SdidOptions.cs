namespace SparseSC.Core.Models;

/// <summary>Options of synthetic difference in differences.</summary>
public sealed class SdidOptions
{
    /// <summary>How weights are found.</summary>
    public SdidSolver Solver { get; set; }

    /// <summary>What is done with covariates; <c>null</c> projects.</summary>
    public CovariateUse? Covariates { get; set; }
}
