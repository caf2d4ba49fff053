using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Core.Units;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>What the penalised fits have in common: predictions from v and w, without an N×C matrix.</summary>
internal abstract class PenalisedModel : IEffectModel
{
    public abstract bool HoldOutReadsFit { get; }

    public abstract SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken);

    public double[,] Predict(FitData data, SyntheticControlFit fit, FeatureMatrix values, int threads, CancellationToken cancellationToken) =>
        Compute(data, DonorModel.Of(fit), values, predicted: null, kept: null, threads, cancellationToken).Predictions;

    public double[,] Weights(FitData data, SyntheticControlFit fit, int[] units, int threads, CancellationToken cancellationToken) =>
        Compute(data, DonorModel.Of(fit), data.Targets, [], units, threads, cancellationToken).Weights!;

    public HeldOutControls HoldOut(FitData data, SyntheticControlFit? main, FeatureMatrix values, bool keepWeights, CancellationToken cancellationToken)
    {
        DonorModel fit = Refit(data, main, cancellationToken);
        int[] held = data.TreatedUnits;
        (double[,]? weights, double[,] predictions) = Compute(data, fit, values, held, keepWeights ? held : null, threads: 1, cancellationToken);
        double[,] synthetic = new double[data.TreatedUnits.Length, values.Columns];
        double[,]? placed = keepWeights ? new double[data.TreatedUnits.Length, data.Features.Rows] : null;
        for (int i = 0; i < data.TreatedUnits.Length; i++)
        {
            int unit = data.TreatedUnits[i];
            MatrixRows.Row(predictions, unit).CopyTo(MatrixRows.Row(synthetic, i));
            for (int j = 0; j < fit.Donors.Length && placed is not null; j++)
            {
                placed[i, fit.Donors[j]] = weights![i, j];
            }
        }

        return new HeldOutControls(synthetic, placed);
    }

    /// <summary>The fit of a cross-fit fold, in one thread.</summary>
    protected abstract DonorModel Refit(FitData data, SyntheticControlFit? main, CancellationToken cancellationToken);

    private static (double[,]? Weights, double[,] Predictions) Compute(
        FitData data, DonorModel fit, FeatureMatrix values, int[]? predicted, int[]? kept, int threads, CancellationToken cancellationToken)
    {
        // Where no feature is matched there is no w either, and every w gives equal weights.
        double w = double.IsFinite(fit.WPen) ? fit.WPen : 1;
        ParallelOptions parallel = ParallelLimit.Of(threads, cancellationToken);
        return UnitWeights.Compute(new UnitData(data.Features, values), fit.Donors, fit.V, w, null, predicted, kept, parallel);
    }
}
