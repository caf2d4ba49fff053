using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Penalized;

/// <summary>Penalized synthetic control whose penalty predicts controls best.</summary>
/// <remarks>A control that is held out has its own say neither in its weights nor in the choice of their penalty.</remarks>
internal sealed class ChosenPenaltyModel(ModelType modelType, int covariates) : IEffectModel
{
    // The controls of a hold-out are positions of the main fit's.
    public bool HoldOutReadsFit => true;

    public SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        HashSet<int> treated = [.. data.TreatedUnits];
        int[] controls = [.. Enumerable.Range(0, data.Features.Rows).Where(unit => !treated.Contains(unit))];

        // One donor alone is the whole synthetic control, whatever the penalty.
        PenaltySearch? search = controls.Length < 3
            ? null
            : PenaltySearch.Run(data, controls, InverseVariances.Of(data.Features, covariates), ParallelLimit.Of(threads, cancellationToken));
        double penalty = search?.Choose() ?? PenaltySearch.Penalties[0];
        SyntheticControlFit fit = With(penalty).Fit(data, threads, progress, cancellationToken);
        fit.WPen = penalty;
        search?.Describe(fit);
        return fit;
    }

    public double[,] Predict(FitData data, SyntheticControlFit fit, FeatureMatrix values, int threads, CancellationToken cancellationToken) =>
        With(fit.WPen).Predict(data, fit, values, threads, cancellationToken);

    public double[,] Weights(FitData data, SyntheticControlFit fit, int[] units, int threads, CancellationToken cancellationToken) =>
        With(fit.WPen).Weights(data, fit, units, threads, cancellationToken);

    public HeldOutControls HoldOut(FitData data, SyntheticControlFit? main, FeatureMatrix values, bool keepWeights, CancellationToken cancellationToken)
    {
        HashSet<int> held = [.. data.TreatedUnits.Select(control => main!.ControlUnits[control])];
        return With(PenaltySearch.Choose(main!, held)).HoldOut(data, null, values, keepWeights, cancellationToken);
    }

    private PenalizedModel With(double penalty) => new(modelType, covariates, penalty);
}
