using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Core.Units;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Estimators that find the weights of each unit's donors on its own, with nothing chosen for all units together.</summary>
/// <remarks>Cross-fits leave out the fold's controls and no more. With fixed effects, outcomes come here as deviations already.</remarks>
internal abstract class DonorWeightModel(ModelType modelType) : IEffectModel
{
    public bool HoldOutReadsFit => false;

    public SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int units = data.Features.Rows;
        HashSet<int> treated = [.. data.TreatedUnits];
        int[] controls = [.. Enumerable.Range(0, units).Where(unit => !treated.Contains(unit))];
        double[,] weights = new double[units, controls.Length];
        double[,] predictions = new double[units, data.Targets.Columns];
        double[]?[] features = new double[units][];
        int done = 0;
        ParallelOptions parallel = ParallelLimit.Of(threads, cancellationToken);
        void Solve(int[] of, Func<int, int[], DonorWeights> solve) => OrderedWork.Run(of.Length, parallel, () => 0, (i, _) =>
        {
            int unit = of[i];
            DonorWeights solved = solve(unit, [.. controls.Where(control => control != unit)]);
            features[unit] = solved.FeatureWeights;
            for (int j = 0, next = 0; j < controls.Length; j++)
            {
                weights[unit, j] = controls[j] == unit ? 0 : solved.Weights[next++];
            }

            Predict(controls, MatrixRows.Row(weights, unit), data.Targets, MatrixRows.Row(predictions, unit));
            progress?.Report(new FitProgress("Fitting unit weights", 0, Interlocked.Increment(ref done), units));
        });
        Solve(data.TreatedUnits, (unit, donors) => this.Solve(data, unit, donors, cancellationToken));
        double[] v = FeatureWeights(features, data);
        Solve(controls, (unit, donors) => SolveControl(data, unit, donors, v, cancellationToken));
        SyntheticControlFit fit = new FittedModel(data, new UnitData(data.Features, data.Targets), modelType, controls, controls)
            .CreateWithoutChoice(weights, predictions);
        fit.V = v;
        fit.Constraint = WeightConstraint.Orthant;
        fit.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        Describe(data, fit);
        MatchQuality.Note(data, fit);
        fit.Warnings = [.. fit.Warnings, .. Warnings(data, fit)];
        return fit;
    }

    public double[,] Predict(FitData data, SyntheticControlFit fit, FeatureMatrix values, int threads, CancellationToken cancellationToken)
    {
        double[,] result = new double[values.Rows, values.Columns];
        for (int unit = 0; unit < values.Rows; unit++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Predict(fit.ControlUnits, MatrixRows.Row(fit.Weights!, unit), values, MatrixRows.Row(result, unit));
        }

        return result;
    }

    public double[,] Weights(FitData data, SyntheticControlFit fit, int[] units, int threads, CancellationToken cancellationToken) =>
        MatrixRows.Rows(fit.Weights!, units);

    public HeldOutControls HoldOut(FitData data, SyntheticControlFit? main, FeatureMatrix values, bool keepWeights, CancellationToken cancellationToken)
    {
        HashSet<int> held = [.. data.TreatedUnits];
        int[] donors = [.. Enumerable.Range(0, data.Features.Rows).Where(unit => !held.Contains(unit))];
        double[,] result = new double[held.Count, values.Columns];
        double[,]? weights = keepWeights ? new double[held.Count, data.Features.Rows] : null;
        for (int i = 0; i < data.TreatedUnits.Length; i++)
        {
            double[] solved = Solve(data, data.TreatedUnits[i], donors, cancellationToken).Weights;
            Predict(donors, solved, values, MatrixRows.Row(result, i));
            for (int j = 0; j < donors.Length && weights is not null; j++)
            {
                weights[i, donors[j]] = solved[j];
            }
        }

        return new HeldOutControls(result, weights);
    }

    /// <summary>The weights of <paramref name="donors"/> for <paramref name="unit"/>, which is not among them; called from several threads.</summary>
    protected abstract DonorWeights Solve(FitData data, int unit, int[] donors, CancellationToken cancellationToken);

    /// <summary>Notes what else a fit has.</summary>
    protected virtual void Describe(FitData data, SyntheticControlFit fit)
    {
    }

    /// <summary>The weights of a control's donors in the fit of treated units; where it is held out as if treated, <see cref="Solve"/> has a say.</summary>
    /// <param name="data">The sample.</param>
    /// <param name="unit">The control.</param>
    /// <param name="donors">Its donors.</param>
    /// <param name="v">Feature weights of the treated units.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    protected virtual DonorWeights SolveControl(FitData data, int unit, int[] donors, double[] v, CancellationToken cancellationToken) =>
        Solve(data, unit, donors, cancellationToken);

    /// <summary>What a user must know before believing a fit.</summary>
    protected virtual IEnumerable<string> Warnings(FitData data, SyntheticControlFit fit) => [];

    // Those of the treated units, averaged; equal ones where the estimator has none.
    private static double[] FeatureWeights(double[]?[] found, FitData data)
    {
        double[][] treated = [.. data.TreatedUnits.Select(unit => found[unit]).OfType<double[]>()];
        return [.. Enumerable.Range(0, data.Features.Columns).Select(k => treated.Length == 0 ? 1 : treated.Average(v => v[k]))];
    }

    private static void Predict(int[] donors, ReadOnlySpan<double> weights, FeatureMatrix values, Span<double> result)
    {
        result.Clear();
        for (int j = 0; j < donors.Length; j++)
        {
            if (weights[j] == 0)
            {
                continue;
            }

            ReadOnlySpan<double> row = values.Row(donors[j]);
            for (int t = 0; t < result.Length; t++)
            {
                result[t] += weights[j] * row[t];
            }
        }
    }
}

/// <summary>Weights of one unit's donors.</summary>
/// <param name="Weights">One per donor.</param>
/// <param name="FeatureWeights">v, where the unit has its own; else <c>null</c>.</param>
internal sealed record DonorWeights(double[] Weights, double[]? FeatureWeights = null);
