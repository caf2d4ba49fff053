namespace SparseSC.Numerics.Optimization;

/// <summary>The weights, not negative and with sum one, that bring a weighted mean of points nearest to a target.</summary>
/// <remarks>
/// min ‖Σ w_j p_j‖² over the simplex, p_j = point − target: the point of smallest norm in a convex hull. Wolfe (1976), "Finding the
/// nearest point in a polytope", Mathematical Programming 11: an active-set method that ends after finitely many steps at the exact
/// solution; the points that carry weight are affinely independent, so linearly dependent points do no harm;
/// points nearer to each other than about 1e-7 of their size count as one. Where the target lies
/// inside the hull several solutions exist, and one of them is returned.
/// </remarks>
public static class SimplexLeastSquares
{
    private const double Tolerance = 1e-13;

    /// <summary>Solves for the weights.</summary>
    /// <param name="gram">n×n, row-major: the products p_i·p_j.</param>
    /// <param name="count">n, at least 1.</param>
    /// <returns>n weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no point, or the matrix has another size.</exception>
    public static double[] Solve(ReadOnlySpan<double> gram, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gram.Length, count * count);
        double[] weights = new double[count];
        double scale = 0;
        int nearest = 0;
        for (int j = 0; j < count; j++)
        {
            double norm = gram[(j * count) + j];
            scale = Math.Max(scale, norm);
            nearest = norm < gram[(nearest * count) + nearest] ? j : nearest;
        }

        weights[nearest] = 1;
        List<int> corral = [nearest];
        AffineMinimum affine = new(count);
        bool[] excluded = new bool[count];
        double best = double.PositiveInfinity;
        while (scale > 0)
        {
            (int entering, double value, double norm) = Steepest(gram, count, corral, weights, excluded);

            // Rounding ends the descent where exact arithmetic would: no point is nearer, or nothing is gained any more.
            if (norm - value <= Tolerance * scale || corral.Contains(entering) || norm >= best)
            {
                break;
            }

            corral.Add(entering);
            if (Restore(gram, count, corral, weights, affine))
            {
                best = norm;
            }
            else if (weights[entering] == 0)
            {
                // To working precision the point depends on those there are; another may still improve on them.
                corral.Remove(entering);
                excluded[entering] = true;
            }
            else
            {
                break;
            }
        }

        return weights;
    }

    // Moves to the affine minimum of the corral, dropping points whose weight would turn negative on the way.
    private static bool Restore(ReadOnlySpan<double> gram, int count, List<int> corral, double[] weights, AffineMinimum affine)
    {
        while (true)
        {
            double[]? minimum = affine.Solve(gram, count, corral);
            if (minimum is null)
            {
                return false;
            }

            double step = 1;
            int blocking = -1;
            for (int i = 0; i < minimum.Length; i++)
            {
                double now = weights[corral[i]];
                if (minimum[i] <= 0)
                {
                    double limit = now / (now - minimum[i]);
                    (step, blocking) = now - minimum[i] > 0 && limit < step ? (limit, i) : (step, blocking);
                }
            }

            for (int i = 0; i < minimum.Length; i++)
            {
                weights[corral[i]] += step * (minimum[i] - weights[corral[i]]);
            }

            if (blocking < 0)
            {
                return true;
            }

            weights[corral[blocking]] = 0;
            corral.RemoveAt(blocking);
        }
    }

    private static (int Entering, double Value, double Norm) Steepest(ReadOnlySpan<double> gram, int count, List<int> corral, double[] weights, bool[] excluded)
    {
        int entering = 0;
        double smallest = double.PositiveInfinity;
        double norm = 0;
        for (int j = 0; j < count; j++)
        {
            double product = 0;
            foreach (int i in corral)
            {
                product += weights[i] * gram[(j * count) + i];
            }

            norm += weights[j] * product;
            (smallest, entering) = product < smallest && !excluded[j] ? (product, j) : (smallest, entering);
        }

        return (entering, smallest, norm);
    }
}
