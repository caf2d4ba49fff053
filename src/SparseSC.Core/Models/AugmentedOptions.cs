namespace SparseSC.Core.Models;

/// <summary>Options of ridge-augmented synthetic control.</summary>
public sealed class AugmentedOptions
{
    /// <summary>The ridge penalty λ, above 0; <c>null</c> searches it by leaving out one pre-period after the other.</summary>
    public double? Lambda { get; set; }

    /// <summary>The largest λ within one standard error of the lowest error, or that of the lowest.</summary>
    public PenaltyChoice LambdaChoice { get; set; } = PenaltyChoice.OneStandardError;

    /// <summary>What is done with covariates; <c>null</c> matches them.</summary>
    public CovariateUse? Covariates { get; set; }
}
