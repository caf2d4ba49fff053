using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>What is done to the data of a sample before anything is fitted.</summary>
/// <param name="Demean">Whether each unit's own mean over the outcomes matched on is taken off its outcomes.</param>
/// <param name="Scale">How covariates enter.</param>
/// <param name="ModelType">The model type, which says over which units covariates are scaled.</param>
internal readonly record struct SamplePreparation(bool Demean, CovariateScale Scale, ModelType ModelType)
{
    /// <summary>Data as they are.</summary>
    public static SamplePreparation None { get; } = new(false, CovariateScale.None, ModelType.Retrospective);

    /// <summary>What the estimator of <paramref name="options"/> asks for; simplex weights and difference in differences see to it themselves.</summary>
    public static SamplePreparation Of(EffectOptions options) => options.Method switch
    {
        EffectMethod.Fast or EffectMethod.Joint => new(options.Demean, options.Scale, options.ModelType),
        EffectMethod.Lasso or EffectMethod.Ridge or EffectMethod.LeastSquares or EffectMethod.Penalized or EffectMethod.Robust => None with { Demean = options.Demean },
        _ => None,
    };
}
