using SparseSC.Core.Effects.Estimators.Augmented;
using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Effects.Estimators.Sdid;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>The estimators that compare the mean of treated units with donors, by their names.</summary>
internal static class MeanEstimators
{
    /// <summary>The methods there are.</summary>
    public static IReadOnlyList<EffectMethod> All { get; } = [EffectMethod.Sdid, EffectMethod.Augmented];

    /// <summary>The estimator asked for; <c>null</c> where it is one that fits every treated unit.</summary>
    public static MeanEstimator? Of(EffectOptions options) => options.Method switch
    {
        EffectMethod.Sdid => new SdidEstimator(options),
        EffectMethod.Augmented => new AugmentedEstimator(options),
        _ => null,
    };
}
