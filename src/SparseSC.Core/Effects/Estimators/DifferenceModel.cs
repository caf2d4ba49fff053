using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Difference in differences as one more way to make synthetic controls; covariates are not used.</summary>
internal sealed class DifferenceModel(ModelType modelType, int covariates) : IEffectModel
{
    public bool HoldOutReadsFit => false;

    public SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        int[] controls = Controls(data);
        double[,] predictions = Predict(data, data.Targets, controls);
        double[,] weights = new double[data.Targets.Rows, controls.Length];
        HashSet<int> donors = [.. controls];
        for (int unit = 0; unit < data.Targets.Rows; unit++)
        {
            double weight = 1.0 / (donors.Contains(unit) ? controls.Length - 1 : controls.Length);
            for (int j = 0; j < controls.Length; j++)
            {
                weights[unit, j] = controls[j] == unit ? 0 : weight;
            }
        }

        UnitData units = new(data.Features, data.Targets);
        SyntheticControlFit fit = new FittedModel(data, units, modelType, controls, controls).CreateWithoutChoice(weights, predictions);
        fit.VPen = double.NaN;
        fit.WPen = double.NaN;
        fit.V = new double[data.Features.Columns];
        fit.Constraint = WeightConstraint.Orthant;
        MatchQuality.Note(data, fit, hasFixedEffects: true, warns: false);
        return fit;
    }

    public double[,] Predict(FitData data, SyntheticControlFit fit, FeatureMatrix values, int threads, CancellationToken cancellationToken) =>
        Predict(data, values, fit.ControlUnits);

    public double[,] Weights(FitData data, SyntheticControlFit fit, int[] units, int threads, CancellationToken cancellationToken) =>
        MatrixRows.Rows(fit.Weights!, units);

    public HeldOutControls HoldOut(FitData data, SyntheticControlFit? main, FeatureMatrix values, bool keepWeights, CancellationToken cancellationToken)
    {
        int[] donors = Controls(data);
        double[,] all = Predict(data, values, donors);
        double[,]? weights = keepWeights ? new double[data.TreatedUnits.Length, data.Features.Rows] : null;
        double[,] result = new double[data.TreatedUnits.Length, values.Columns];
        for (int i = 0; i < data.TreatedUnits.Length; i++)
        {
            MatrixRows.Row(all, data.TreatedUnits[i]).CopyTo(MatrixRows.Row(result, i));
            foreach (int donor in weights is null ? [] : donors)
            {
                weights![i, donor] = 1.0 / donors.Length;
            }
        }

        return new HeldOutControls(result, weights);
    }

    private double[,] Predict(FitData data, FeatureMatrix values, int[] controls) => DifferenceInDifferences.Predict(
        values,
        DifferenceInDifferences.PreMeans(data.Features, covariates, data.Features.Columns - covariates),
        controls);

    private static int[] Controls(FitData data)
    {
        HashSet<int> treated = [.. data.TreatedUnits];
        return [.. Enumerable.Range(0, data.Features.Rows).Where(unit => !treated.Contains(unit))];
    }
}
