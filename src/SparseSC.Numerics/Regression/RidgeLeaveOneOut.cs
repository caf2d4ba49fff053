using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>
/// Chooses a ridge penalty by leave-one-out error for many regressions that share their columns: row k of regression i has the
/// donors' values of feature k as regressors and feature k of goal i as response.
/// </summary>
/// <remarks>
/// With the Gram matrix G of the rows (K×K) the leave-one-out residuals at α are (G + αI)⁻¹y / diag((G + αI)⁻¹). A goal that is
/// itself a donor uses G − xx': a rank-one downdate of the same inverse. Source: Golub, Heath, Wahba (1979), Technometrics 21(2).
/// </remarks>
public static unsafe class RidgeLeaveOneOut
{
    private const double LeverageLimit = 1e-8;

    /// <summary>The default penalties: 40 values from 1e−5 to 1e5, evenly spaced in the logarithm.</summary>
    public static double[] DefaultPenalties { get; } = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(10, -5 + (10.0 * i / 39)))];

    /// <summary>Returns the penalty with the lowest mean squared leave-one-out error (the first of several).</summary>
    /// <param name="gram">G, K×K.</param>
    /// <param name="goals">Scaled features of the goals, m×K.</param>
    /// <param name="responses">Scaled responses, m×K.</param>
    /// <param name="isDonor">Whether goal i is one of the donors, so that its own column must be left out.</param>
    /// <param name="penalties">Penalties to try.</param>
    public static double Choose(AlignedMatrix gram, AlignedMatrix goals, AlignedMatrix responses, ReadOnlySpan<bool> isDonor, ReadOnlySpan<double> penalties)
    {
        // One row has nothing to be left out for: every penalty has the same error.
        if (gram.Rows <= 1)
        {
            return penalties[0];
        }

        double best = penalties[0];
        double lowest = double.PositiveInfinity;
        Workspace workspace = new(gram.Rows, goals.Rows);
        foreach (double penalty in penalties)
        {
            double error = workspace.Error(gram, goals, responses, isDonor, penalty);
            if (error < lowest)
            {
                lowest = error;
                best = penalty;
            }
        }

        return best;
    }

    private sealed class Workspace(int features, int goalCount)
    {
        private readonly AlignedMatrix _factor = new(features, features);
        private readonly AlignedMatrix _inverse = new(features, features);
        private readonly AlignedMatrix _goals = new(goalCount, features);
        private readonly AlignedMatrix _responses = new(goalCount, features);

        public double Error(AlignedMatrix gram, AlignedMatrix goals, AlignedMatrix responses, ReadOnlySpan<bool> isDonor, double penalty)
        {
            Invert(gram, penalty, null);
            Multiply(goals, _goals);
            Multiply(responses, _responses);
            double total = 0;
            for (int i = 0; i < goals.Rows; i++)
            {
                Span<double> x = goals.Row(i);
                Span<double> bx = _goals.Row(i);
                Span<double> by = _responses.Row(i);
                double leverage = 0;
                double cross = 0;
                if (isDonor[i])
                {
                    for (int k = 0; k < features; k++)
                    {
                        leverage = Math.FusedMultiplyAdd(x[k], bx[k], leverage);
                        cross = Math.FusedMultiplyAdd(x[k], by[k], cross);
                    }

                    if (1 - leverage < LeverageLimit)
                    {
                        total += ErrorAlone(gram, x, responses.Row(i), penalty);
                        continue;
                    }

                    leverage = 1 / (1 - leverage);
                }

                double sum = 0;
                for (int k = 0; k < features; k++)
                {
                    double residual = (by[k] + (bx[k] * cross * leverage)) / (_inverse[k, k] + (bx[k] * bx[k] * leverage));
                    sum = Math.FusedMultiplyAdd(residual, residual, sum);
                }

                total += sum;
            }

            return total;
        }

        /// <summary>The error of one goal from its own inverse, where the downdate would lose its digits.</summary>
        private double ErrorAlone(AlignedMatrix gram, ReadOnlySpan<double> goal, ReadOnlySpan<double> response, double penalty)
        {
            Workspace own = new(features, 1);
            own.Invert(gram, penalty, goal.ToArray());
            double sum = 0;
            for (int k = 0; k < features; k++)
            {
                double numerator = 0;
                for (int j = 0; j < features; j++)
                {
                    numerator += own._inverse[k, j] * response[j];
                }

                double residual = numerator / own._inverse[k, k];
                sum += residual * residual;
            }

            return sum;
        }

        private void Invert(AlignedMatrix gram, double penalty, double[]? without)
        {
            _inverse.Clear();
            for (int i = 0; i < features; i++)
            {
                for (int j = 0; j < features; j++)
                {
                    _factor[i, j] = gram[i, j] - (without is null ? 0 : without[i] * without[j]);
                }

                _factor[i, i] += penalty;
                _inverse[i, i] = 1;
            }

            if (!Cholesky.Factor(_factor.Pointer, features, _factor.Stride))
            {
                throw new ArithmeticException($"The ridge system is singular at penalty {penalty:R}.");
            }

            Cholesky.Solve(_factor.Pointer, features, _factor.Stride, _inverse.Pointer, _inverse.Stride, _inverse.Stride);
        }

        private void Multiply(AlignedMatrix rows, AlignedMatrix result)
        {
            result.Clear();
            RowUpdate.Add(result.Pointer, result.Stride, rows.Rows, rows.Pointer, rows.Stride, 1, features, _inverse.Pointer, _inverse.Stride, _inverse.Stride);
        }
    }
}
