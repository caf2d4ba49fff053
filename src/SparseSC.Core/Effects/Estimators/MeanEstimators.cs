using SparseSC.Core.Effects.Estimators.Augmented;
using SparseSC.Core.Effects.Estimators.Bounded;
using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Effects.Estimators.Robust;
using SparseSC.Core.Effects.Estimators.Sdid;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>The estimators that compare the mean of treated units with donors, by their names.</summary>
internal static class MeanEstimators
{
    /// <summary>The methods that judge all treated units together; one that fits them together has a run of its own.</summary>
    public static IReadOnlyList<EffectMethod> All { get; } = [EffectMethod.Sdid, EffectMethod.Augmented, EffectMethod.PartiallyPooled];

    /// <summary>The estimator asked for; <c>null</c> where every treated unit is fitted.</summary>
    public static MeanEstimator? Of(EffectOptions options) => options.Method switch
    {
        EffectMethod.Sdid => new SdidEstimator(options),
        EffectMethod.Augmented => new AugmentedEstimator(options),
        EffectMethod.Robust when options.Inference is EffectInference.Conformal or EffectInference.JackknifePlus => new RobustEstimator(options),
        EffectMethod.Lasso or EffectMethod.Ridge or EffectMethod.LeastSquares when options.Inference is EffectInference.Conformal or EffectInference.JackknifePlus =>
            new BoundedEstimator(options),
        EffectMethod.Simplex or EffectMethod.DifferenceInDifferences when options.Inference == EffectInference.JackknifePlus => new BoundedEstimator(options),
        _ => null,
    };
}
