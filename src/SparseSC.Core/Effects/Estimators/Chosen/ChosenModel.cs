using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Chosen;

/// <summary>An estimator with one setting that is chosen by predicting controls.</summary>
/// <remarks>A control that is held out has its own say neither in its weights nor in the choice.</remarks>
internal abstract class ChosenModel : IEffectModel
{
    // The controls of a hold-out are positions of the main fit's.
    public bool HoldOutReadsFit => true;

    public SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        HashSet<int> treated = [.. data.TreatedUnits];
        int[] controls = [.. Enumerable.Range(0, data.Features.Rows).Where(unit => !treated.Contains(unit))];

        // One donor alone is the whole synthetic control, whatever the setting.
        if (controls.Length < 3)
        {
            return With(data, 0).Fit(data, threads, progress, cancellationToken);
        }

        double[][] rows = [.. Enumerable.Range(0, data.Features.Rows).Select(unit => data.Features.Row(unit).ToArray())];
        double[] mean = [.. rows[0].Select((_, k) => data.TreatedUnits.Average(unit => rows[unit][k]))];
        FoldScores[] folds = ControlSearch.Run(
            rows, controls, mean, FeatureWeights(data), (unit, donors) => Errors(data, unit, donors), ParallelLimit.Of(threads, cancellationToken));
        SyntheticControlFit fit = With(data, ControlSearch.Best(folds)).Fit(data, threads, progress, cancellationToken);
        ControlSearch.Describe(fit, folds);
        return fit;
    }

    public double[,] Predict(FitData data, SyntheticControlFit fit, FeatureMatrix values, int threads, CancellationToken cancellationToken) =>
        With(data, fit.SelectedIndex ?? 0).Predict(data, fit, values, threads, cancellationToken);

    public double[,] Weights(FitData data, SyntheticControlFit fit, int[] units, int threads, CancellationToken cancellationToken) =>
        With(data, fit.SelectedIndex ?? 0).Weights(data, fit, units, threads, cancellationToken);

    public HeldOutControls HoldOut(FitData data, SyntheticControlFit? main, FeatureMatrix values, bool keepWeights, CancellationToken cancellationToken)
    {
        HashSet<int> held = [.. data.TreatedUnits.Select(control => main!.ControlUnits[control])];
        FoldScores[] others = [.. main!.Folds.Where(fold => !held.Contains(fold.Test[0]))];
        int chosen = others.Length > 0 ? ControlSearch.Best(others) : main.SelectedIndex ?? 0;
        return With(data, chosen).HoldOut(data, null, values, keepWeights, cancellationToken);
    }

    /// <summary>The estimator with a setting.</summary>
    protected abstract IEffectModel With(FitData data, int setting);

    /// <summary>Feature weights of distances between units.</summary>
    protected abstract double[] FeatureWeights(FitData data);

    /// <summary>Sums of squared errors in the targets of a unit by its donors, one for each setting.</summary>
    protected abstract double[] Errors(FitData data, int unit, int[] donors);
}
