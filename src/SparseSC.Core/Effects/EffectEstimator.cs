using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Effects.Estimators.Pooled;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Estimates treatment effects and judges them against placebos.</summary>
/// <remarks>
/// Each treatment time is fitted on its own: treated are the units of that time, controls those never treated or treated only after the
/// window. Controls are held out in folds as if treated. Differences of all times are stacked and judged together by
/// <see cref="PlaceboDistribution"/>. Source: microsoft/SparseSC, <c>estimate_effects</c>; Quistorff, Goldman, Thorpe (2020).
/// </remarks>
public static class EffectEstimator
{
    /// <summary>Estimates the effect of a panel's treatment.</summary>
    /// <inheritdoc cref="Run(EffectData, EffectOptions, IProgress{FitProgress}?, CancellationToken)"/>
    public static EffectEstimate Run(Panel panel, EffectOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        EffectEstimate estimate = Run(EffectData.FromPanel(panel), options, progress, cancellationToken);
        estimate.OutcomeName = panel.OutcomeName;
        return estimate;
    }

    /// <summary>Estimates the effect of the treatment.</summary>
    /// <param name="data">Outcomes, treatment times, covariates.</param>
    /// <param name="options">Settings; the defaults are the reference's.</param>
    /// <param name="progress">Told as fits are done; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the estimate within one evaluation of a fit.</param>
    /// <exception cref="InvalidInputException">Data or options cannot be used.</exception>
    /// <exception cref="SparseSCException">A fit failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EffectEstimate Run(EffectData data, EffectOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        Stopwatch clock = Stopwatch.StartNew();
        EffectInferenceUse.Check(options);
        EffectEstimate estimate = MeanEstimators.Of(options) is { } mean
            ? new MeanRun(data, options, mean, progress, cancellationToken).Estimate()
            : options.Method == EffectMethod.PartiallyPooled
            ? new PooledRun(data, options, progress, cancellationToken).Estimate()
            : options.Inference == EffectInference.Jackknife
            ? UnitJackknife.Run(data, options, progress, cancellationToken)
            : options.Inference == EffectInference.Conformal
            ? ConformalInference.Run(data, options, progress, cancellationToken)
            : options.Inference == EffectInference.PredictionInterval
            ? PredictionIntervalInference.Run(data, options, progress, cancellationToken)
            : new EffectRun(data, options).Estimate(progress, cancellationToken);
        estimate.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        return estimate;
    }
}
