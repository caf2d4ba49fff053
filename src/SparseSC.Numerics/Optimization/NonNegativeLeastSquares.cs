using MathNet.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>Coefficients that are not negative and minimise ‖Σ u_j e_j − f‖, and the nearest points of polyhedra, which are found by them.</summary>
/// <remarks>Source: Lawson and Hanson (1974), "Solving least squares problems", algorithms NNLS and LDP.</remarks>
public static class NonNegativeLeastSquares
{
    private const double Tolerance = 1e-12;

    /// <summary>Solves.</summary>
    /// <param name="columns">e_j: n columns of m numbers.</param>
    /// <param name="target">f: m numbers.</param>
    public static double[] Solve(double[][] columns, double[] target)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(target);
        int n = columns.Length;
        double[] solution = new double[n];
        List<int> passive = [];
        double scale = columns.Max(column => column.Max(Math.Abs)) * Math.Max(1, target.Max(Math.Abs));
        for (int round = 0; round < 10 * n; round++)
        {
            double[] rest = Rest(columns, target, solution);
            int entering = -1;
            double steepest = Tolerance * scale;
            for (int j = 0; j < n; j++)
            {
                double slope = solution[j] > 0 || passive.Contains(j) ? 0 : Product(columns[j], rest);
                (steepest, entering) = slope > steepest ? (slope, j) : (steepest, entering);
            }

            if (entering < 0)
            {
                break;
            }

            passive.Add(entering);
            if (!TryDescend(columns, target, solution, passive))
            {
                // To rounding the column depends on those there are.
                break;
            }
        }

        return solution;
    }

    /// <summary>The shortest x with G x ≥ h; <c>null</c> where there is none.</summary>
    /// <param name="rows">G: n rows of m numbers.</param>
    /// <param name="limits">h: n numbers.</param>
    public static double[]? Shortest(double[][] rows, double[] limits)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int size = rows[0].Length;
        double[][] columns = [.. rows.Select((row, i) => (double[])[.. row, limits[i]])];
        double[] target = new double[size + 1];
        target[size] = 1;
        double[] rest = Rest(columns, target, Solve(columns, target));
        return rest[size] > 1e-10 ? [.. rest[..size].Select(value => value == 0 ? 0 : -value / rest[size])] : null;
    }

    // Least squares on the passive columns, and back to the border where one of their coefficients would turn negative.
    private static bool TryDescend(double[][] columns, double[] target, double[] solution, List<int> passive)
    {
        while (passive.Count > 0)
        {
            Matrix<double> matrix = Matrix<double>.Build.DenseOfColumnArrays(passive.Select(j => columns[j]));
            Vector<double> found = matrix.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Solve(Vector<double>.Build.DenseOfArray(target));
            if (passive.Count > target.Length || found.Any(value => !double.IsFinite(value)))
            {
                return false;
            }

            double step = 1;
            int blocking = -1;
            for (int i = 0; i < passive.Count; i++)
            {
                double now = solution[passive[i]];
                if (found[i] <= 0)
                {
                    double limit = now / (now - found[i]);
                    (step, blocking) = blocking < 0 || limit < step ? (limit, i) : (step, blocking);
                }
            }

            for (int i = 0; i < passive.Count; i++)
            {
                int j = passive[i];
                solution[j] = blocking < 0 ? found[i] : solution[j] + (step * (found[i] - solution[j]));
            }

            if (blocking < 0)
            {
                return true;
            }

            bool isNewest = blocking == passive.Count - 1 && step == 0;
            solution[passive[blocking]] = 0;
            passive.RemoveAt(blocking);
            if (isNewest)
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Rest(double[][] columns, double[] target, double[] solution)
    {
        double[] rest = [.. target];
        for (int j = 0; j < columns.Length; j++)
        {
            for (int i = 0; i < rest.Length && solution[j] != 0; i++)
            {
                rest[i] -= solution[j] * columns[j][i];
            }
        }

        return rest;
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
