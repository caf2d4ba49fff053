namespace SparseSC.Core.Data;

/// <summary>What was taken off each feature and what it was divided by, in the order of the features kept.</summary>
/// <param name="Centre">0 for a feature that is no covariate.</param>
/// <param name="Scale">1 for a feature that is no covariate.</param>
/// <param name="Warning">Names covariates that were left out, or <c>null</c>.</param>
internal sealed record FeatureScaling(double[] Centre, double[] Scale, string? Warning);
