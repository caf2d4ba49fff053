using SparseSC.Core.Fitting;

namespace SparseSC.Core.Effects;

/// <summary>Effects by the fast fit. Every cross-fit chooses its own match space and penalty.</summary>
internal sealed class FastModel(EffectOptions options) : PenalisedModel
{
    public override bool HoldOutReadsFit => false;

    public override SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken) =>
        FastFit.Run(data, Options(threads, options.Weights != KeptWeights.None), progress, cancellationToken);

    protected override SyntheticControlFit Refit(FitData data, SyntheticControlFit? main, CancellationToken cancellationToken) =>
        FastFit.Run(data, Options(threads: 1, keepWeights: false), null, cancellationToken);

    private FastFitOptions Options(int threads, bool keepWeights)
    {
        FastFitOptions fast = options.Fast.Copy();
        fast.ModelType = options.ModelType;

        // The sample of a treatment time is scaled once, for its main fit and those that hold controls out.
        fast.Scale = null;
        fast.MaxDegreeOfParallelism = threads;
        fast.KeepWeights = keepWeights;
        fast.TreatedWeightsOnly = options.Weights == KeptWeights.Treated;
        return fast;
    }
}
