using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>One way to fit synthetic controls, as an effect estimate needs it.</summary>
internal interface IEffectModel
{
    /// <summary>Whether <see cref="HoldOut"/> reads the fit of the whole sample.</summary>
    bool HoldOutReadsFit { get; }

    /// <summary>Fits the sample of one treatment time.</summary>
    SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Synthetic values of every unit (N×T, a control from the other controls) by a fitted model.</summary>
    double[,] Predict(FitData data, SyntheticControlFit fit, FeatureMatrix values, int threads, CancellationToken cancellationToken);

    /// <summary>Weights of some units on the fit's controls (a row for each, a control's own 0).</summary>
    double[,] Weights(FitData data, SyntheticControlFit fit, int[] units, int threads, CancellationToken cancellationToken);

    /// <summary>Fits controls, some of which are taken for treated, and predicts those; one thread.</summary>
    /// <param name="data">The controls; its treated units are those held out.</param>
    /// <param name="main">The fit of the whole sample, whose penalties may be used again; <c>null</c> unless <see cref="HoldOutReadsFit"/>.</param>
    /// <param name="values">What is predicted, one row per control.</param>
    /// <param name="keepWeights">Whether their unit weights are wanted too.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>One row per unit held out.</returns>
    HeldOutControls HoldOut(FitData data, SyntheticControlFit? main, FeatureMatrix values, bool keepWeights, CancellationToken cancellationToken);
}
