using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>Synthetic values of other targets (other outcomes, other periods) by a fitted model.</summary>
public static class Prediction
{
    /// <summary>Predicts with the weights the model kept: N×C times C×T.</summary>
    /// <param name="fit">A fit with its weights.</param>
    /// <param name="targets">N×T, one row per unit of the fit.</param>
    /// <param name="includeTrivialDonors">Whether trivial units serve as donors of the others; without them their weights count as 0, not renormalised.</param>
    /// <exception cref="InvalidInputException">The rows do not match, or the fit has no weights.</exception>
    public static double[,] FromWeights(SyntheticControlFit fit, FeatureMatrix targets, bool includeTrivialDonors = true)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(targets);
        CheckRows(fit, targets, "Targets");
        double[,] weights = (fit.WeightUnits is null ? fit.Weights : null) ?? throw new InvalidInputException(
            "WeightsNotKept",
            "The fit was made without the weights of all units. Give its {Features} as well, or fit again without {KeepWeights}.",
            "KeepWeights");
        HashSet<int> trivial = includeTrivialDonors ? [] : [.. fit.TrivialUnits];
        double[,] result = new double[targets.Rows, targets.Columns];
        for (int i = 0; i < targets.Rows; i++)
        {
            Span<double> row = MatrixRows.Row(result, i);
            for (int j = 0; j < fit.ControlUnits.Length; j++)
            {
                int donor = fit.ControlUnits[j];
                if (trivial.Contains(donor) && !trivial.Contains(i))
                {
                    continue;
                }

                ReadOnlySpan<double> y = targets.Row(donor);
                for (int t = 0; t < row.Length; t++)
                {
                    row[t] = Math.FusedMultiplyAdd(weights[i, j], y[t], row[t]);
                }
            }
        }

        return result;
    }

    /// <summary>Predicts from the features of the fit, without ever making the N×C matrix of weights.</summary>
    /// <param name="fit">The fit; its weights are not used.</param>
    /// <param name="features">N×K: the features the model was fitted on, covariates as they were given.</param>
    /// <param name="targets">N×T, one row per unit of the fit.</param>
    /// <param name="donorPool">The pool the model was fitted with, or <c>null</c>.</param>
    /// <param name="includeTrivialDonors">Whether trivial units serve as donors of the others; without them their weights count as 0, not renormalised.</param>
    /// <param name="maxDegreeOfParallelism">Threads; 0 means one per processor.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="InvalidInputException">Rows or columns do not match the fit.</exception>
    public static double[,] FromFeatures(
        SyntheticControlFit fit,
        FeatureMatrix features,
        FeatureMatrix targets,
        bool[,]? donorPool = null,
        bool includeTrivialDonors = true,
        int maxDegreeOfParallelism = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        CheckRows(fit, features, "Features");
        CheckRows(fit, targets, "Targets");
        if (features.Columns != fit.V.Length || fit.V.Length == 0)
        {
            throw new InvalidInputException("FeatureCountMismatch", $"{{Features}} has {features.Columns} columns; the model was fitted on {fit.V.Length}.", "Features");
        }

        ParallelOptions parallel = ParallelLimit.Of(maxDegreeOfParallelism, cancellationToken);

        // A model without matched features has no penalty: at any, weights are equal.
        double w = double.IsNaN(fit.WPen) ? 1 : fit.WPen;
        FeatureMatrix own = CovariateScaling.Repeat(fit, features);
        double[,] all = Compute(targets);
        if (includeTrivialDonors || fit.TrivialUnits.Length == 0)
        {
            return all;
        }

        // A donor whose targets are 0 contributes nothing, whatever its weight; trivial units themselves keep all donors.
        double[] silenced = [.. targets.Values];
        foreach (int unit in fit.TrivialUnits)
        {
            silenced.AsSpan(unit * targets.Columns, targets.Columns).Clear();
        }

        double[,] result = Compute(new FeatureMatrix(silenced, targets.Rows, targets.Columns));
        foreach (int unit in fit.TrivialUnits)
        {
            MatrixRows.Row(all, unit).CopyTo(MatrixRows.Row(result, unit));
        }

        return result;

        double[,] Compute(FeatureMatrix y)
            => UnitWeights.Compute(new UnitData(own, y), fit.ControlUnits, fit.V, w, donorPool, kept: null, parallel).Predictions;
    }

    private static void CheckRows(SyntheticControlFit fit, FeatureMatrix matrix, string parameter)
    {
        int units = fit.Predictions.GetLength(0);
        if (matrix.Rows != units)
        {
            throw new InvalidInputException("RowCountMismatch", $"{{{parameter}}} has {matrix.Rows} rows; the model has {units} units, one row each.", parameter);
        }
    }
}
