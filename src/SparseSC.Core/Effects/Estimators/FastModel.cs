using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Effects by the fast fit. Every cross-fit chooses its own match space and penalty.</summary>
internal sealed class FastModel(EffectOptions options) : PenalisedModel
{
    public override bool HoldOutReadsFit => false;

    public override SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken) =>
        FastFit.Run(data, Options(threads, options.Weights != KeptUnits.None), progress, cancellationToken);

    protected override DonorModel Refit(FitData data, SyntheticControlFit? main, CancellationToken cancellationToken) =>
        FastFit.Choose(data, Options(threads: 1, keepWeights: false), cancellationToken);

    private FastFitOptions Options(int threads, bool keepWeights)
    {
        FastFitOptions fast = options.Fast.Copy();
        fast.ModelType = options.ModelType;

        // The sample has seen to it: its folds keep the centre and the scale of the main fit.
        fast.Scale = CovariateScale.None;
        fast.MaxDegreeOfParallelism = threads;
        fast.KeepWeights = keepWeights;
        fast.TreatedWeightsOnly = options.Weights == KeptUnits.Treated;
        return fast;
    }
}
