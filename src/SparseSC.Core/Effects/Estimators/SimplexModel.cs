using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Core.Units;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Effects by classic synthetic control. There is nothing to choose, so cross-fits leave out the fold's controls and no more.</summary>
/// <remarks>Feature weights are those of <see cref="InverseVariances"/>.</remarks>
internal sealed class SimplexModel(ModelType modelType, bool demean, int covariates) : IEffectModel
{
    public bool HoldOutReadsFit => false;

    public SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int units = data.Features.Rows;
        HashSet<int> treated = [.. data.TreatedUnits];
        int[] controls = [.. Enumerable.Range(0, units).Where(unit => !treated.Contains(unit))];
        double[] v = InverseVariances.Of(data.Features, covariates);
        SimplexWeights solver = new(data.Features, v, demean);
        double[,] weights = new double[units, controls.Length];
        double[,] predictions = new double[units, data.Targets.Columns];
        int done = 0;
        OrderedWork.Run(units, ParallelLimit.Of(threads, cancellationToken), () => new SimplexScratch(), (unit, scratch) =>
        {
            int[] donors = [.. controls.Where(control => control != unit)];
            double[] solved = solver.Solve(unit, donors, scratch);
            solver.Predict(unit, donors, solved, data.Targets, MatrixRows.Row(predictions, unit));
            for (int j = 0, next = 0; j < controls.Length; j++)
            {
                weights[unit, j] = controls[j] == unit ? 0 : solved[next++];
            }

            progress?.Report(new FitProgress("Fitting simplex weights", 0, Interlocked.Increment(ref done), units));
        });
        UnitData all = new(data.Features, data.Targets);
        SyntheticControlFit fit = new FittedModel(data, all, modelType, controls, controls).CreateWithoutChoice(weights, predictions);
        fit.V = v;
        fit.Constraint = WeightConstraint.Orthant;
        fit.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        MatchQuality.Note(data, fit, hasFixedEffects: demean);
        return fit;
    }

    public double[,] Predict(FitData data, SyntheticControlFit fit, FeatureMatrix values, int threads, CancellationToken cancellationToken)
    {
        SimplexWeights solver = new(data.Features, fit.V, demean);
        double[,] result = new double[values.Rows, values.Columns];
        for (int unit = 0; unit < values.Rows; unit++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            solver.Predict(unit, fit.ControlUnits, MatrixRows.Row(fit.Weights!, unit), values, MatrixRows.Row(result, unit));
        }

        return result;
    }

    public double[,] Weights(FitData data, SyntheticControlFit fit, int[] units, int threads, CancellationToken cancellationToken) =>
        MatrixRows.Rows(fit.Weights!, units);

    public HeldOutControls HoldOut(FitData data, SyntheticControlFit? main, FeatureMatrix values, bool keepWeights, CancellationToken cancellationToken)
    {
        HashSet<int> held = [.. data.TreatedUnits];
        int[] donors = [.. Enumerable.Range(0, data.Features.Rows).Where(unit => !held.Contains(unit))];
        SimplexWeights solver = new(data.Features, InverseVariances.Of(data.Features, covariates), demean);
        double[,] result = new double[held.Count, values.Columns];
        SimplexScratch scratch = new();
        double[,]? weights = keepWeights ? new double[held.Count, data.Features.Rows] : null;
        for (int i = 0; i < data.TreatedUnits.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int unit = data.TreatedUnits[i];
            double[] solved = solver.Solve(unit, donors, scratch);
            solver.Predict(unit, donors, solved, values, MatrixRows.Row(result, i));
            for (int j = 0; j < donors.Length && weights is not null; j++)
            {
                weights[i, donors[j]] = solved[j];
            }
        }

        return new HeldOutControls(result, weights);
    }
}
