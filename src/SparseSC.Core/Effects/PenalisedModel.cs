using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Fitting.Objectives;

namespace SparseSC.Core.Effects;

/// <summary>What the penalised fits have in common: predictions from v and w, without an N×C matrix.</summary>
internal abstract class PenalisedModel : IEffectModel
{
    public abstract bool HoldOutReadsFit { get; }

    public abstract SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken);

    public double[,] Predict(FitData data, SyntheticControlFit fit, FeatureMatrix values, int threads, CancellationToken cancellationToken)
    {
        // Where no feature is matched there is no w either, and every w gives equal weights.
        double w = double.IsFinite(fit.WPen) ? fit.WPen : 1;
        ParallelOptions parallel = Degree.Of(threads, cancellationToken);
        return UnitWeights.Compute(new UnitData(data.Features, values), fit.ControlUnits, fit.V, w, null, keepWeights: false, parallel).Predictions;
    }

    public double[,] HoldOut(FitData data, SyntheticControlFit? main, FeatureMatrix values, CancellationToken cancellationToken)
    {
        SyntheticControlFit fit = Refit(data, main, cancellationToken);
        double[,] all = Predict(data, fit, values, threads: 1, cancellationToken);
        double[,] result = new double[data.TreatedUnits.Length, values.Columns];
        for (int i = 0; i < data.TreatedUnits.Length; i++)
        {
            UnitWeights.Row(all, data.TreatedUnits[i]).CopyTo(UnitWeights.Row(result, i));
        }

        return result;
    }

    /// <summary>The fit of a cross-fit fold, in one thread.</summary>
    protected abstract SyntheticControlFit Refit(FitData data, SyntheticControlFit? main, CancellationToken cancellationToken);
}
