using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>The model with nothing to match on: every allowed donor gets the same weight.</summary>
internal static class NullModel
{
    public static SyntheticControlFit Run(FitData data, FitOptions options)
    {
        FitProblem problem = new(data, options);
        int[] donors = problem.ControlUnits;
        int[] positions = UnitWeights.Positions(problem.Data.Units, donors);
        double[,] predictions = new double[problem.Data.Units, problem.Data.Targets];
        double[,]? weights = options.KeepWeights ? new double[problem.Data.Units, donors.Length] : null;
        (_, double[] total) = problem.Data.Means(donors);
        for (int unit = 0; unit < problem.Data.Units; unit++)
        {
            Span<double> predicted = MatrixRows.Row(predictions, unit);
            if (options.DonorPool is null)
            {
                LeaveOut(problem.Data, total, donors.Length, positions[unit] < 0 ? -1 : unit, predicted);
                FillEqual(weights, unit, positions[unit], donors.Length);
            }
        }

        if (options.DonorPool is not null)
        {
            foreach (DonorPoolGroup group in DonorPools.Group(options.DonorPool, positions, donors))
            {
                (_, double[] mean) = problem.Data.Means(group.Donors);
                foreach (int unit in group.Units)
                {
                    mean.CopyTo(MatrixRows.Row(predictions, unit));
                    foreach (int column in group.Columns)
                    {
                        if (weights is not null)
                        {
                            weights[unit, column] = 1.0 / group.Columns.Length;
                        }
                    }
                }
            }
        }

        SyntheticControlFit fit = problem.Model.CreateWithoutChoice(weights, predictions);
        fit.FeatureNames = [];
        fit.VPen = double.NaN;
        fit.WPen = double.NaN;
        fit.Constraint = ConstraintRule.Resolve(options);
        fit.Warnings = ["There are no features: every donor gets the same weight."];
        return fit;
    }

    private static void LeaveOut(UnitData data, double[] mean, int donors, int unit, Span<double> result)
    {
        for (int t = 0; t < result.Length; t++)
        {
            result[t] = unit < 0 ? mean[t] : mean[t] + ((mean[t] - data.Y[unit, t]) / (donors - 1));
        }
    }

    private static void FillEqual(double[,]? weights, int unit, int own, int donors)
    {
        if (weights is null)
        {
            return;
        }

        Span<double> row = MatrixRows.Row(weights, unit);
        row.Fill(1.0 / (own < 0 ? donors : donors - 1));
        if (own >= 0)
        {
            row[own] = 0;
        }
    }
}
