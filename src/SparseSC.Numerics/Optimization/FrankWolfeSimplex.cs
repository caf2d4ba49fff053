namespace SparseSC.Numerics.Optimization;

/// <summary>Frank-Wolfe descent with exact line search of ‖A x − b‖²/n + ζ²‖x‖² over the simplex, step for step as the package synthdid takes it.</summary>
/// <remarks>Far from the optimum where ζ is small: for repeating published digits. Source: Arkhangelsky et al. (2021), American Economic Review 111(12).</remarks>
public static class FrankWolfeSimplex
{
    /// <summary>Descends in place.</summary>
    /// <param name="matrix">A: n rows of k numbers.</param>
    /// <param name="target">b.</param>
    /// <param name="zeta">ζ.</param>
    /// <param name="minDecrease">Stops when a step lowers the objective by no more than the square of this.</param>
    /// <param name="mostSteps">Most steps to take.</param>
    /// <param name="weights">The k weights to start from, and the result.</param>
    /// <returns>The number of steps.</returns>
    public static int Descend(double[][] matrix, double[] target, double zeta, double minDecrease, int mostSteps, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(weights);
        double[] errors = new double[target.Length];
        double before = double.NaN;
        int steps = 0;
        while (steps < mostSteps)
        {
            Step(matrix, target, zeta, weights);
            steps++;
            double value = Value(matrix, target, zeta, weights, errors);
            if (steps >= 2 && before - value <= minDecrease * minDecrease)
            {
                break;
            }

            before = value;
        }

        return steps;
    }

    /// <summary>Takes one step in place.</summary>
    public static void Step(double[][] matrix, double[] target, double zeta, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(weights);
        int n = target.Length;
        double eta = n * zeta * zeta;
        double[] fitted = new double[n];
        double[] gradient = new double[weights.Length];
        for (int i = 0; i < n; i++)
        {
            double[] row = matrix[i];
            double sum = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                sum += row[j] * weights[j];
            }

            fitted[i] = sum;
            double error = sum - target[i];
            for (int j = 0; j < weights.Length; j++)
            {
                gradient[j] += error * row[j];
            }
        }

        int lowest = 0;
        for (int j = 0; j < weights.Length; j++)
        {
            gradient[j] += eta * weights[j];
            lowest = gradient[j] < gradient[lowest] ? j : lowest;
        }

        double slope = 0;
        double length = 0;
        bool moves = false;
        for (int j = 0; j < weights.Length; j++)
        {
            double direction = (j == lowest ? 1 : 0) - weights[j];
            moves |= direction != 0;
            slope += gradient[j] * direction;
            length += direction * direction;
        }

        if (!moves)
        {
            return;
        }

        double curvature = 0;
        for (int i = 0; i < n; i++)
        {
            double change = matrix[i][lowest] - fitted[i];
            curvature += change * change;
        }

        double step = Math.Min(1, Math.Max(0, -slope / (curvature + (eta * length))));
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] += step * ((j == lowest ? 1 : 0) - weights[j]);
        }
    }

    /// <summary>The objective; <paramref name="errors"/> receives A x − b.</summary>
    public static double Value(double[][] matrix, double[] target, double zeta, double[] weights, double[] errors)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(errors);
        double squares = 0;
        for (int i = 0; i < target.Length; i++)
        {
            double[] row = matrix[i];
            double sum = -target[i];
            for (int j = 0; j < weights.Length; j++)
            {
                sum += row[j] * weights[j];
            }

            errors[i] = sum;
            squares += sum * sum;
        }

        double norm = 0;
        foreach (double weight in weights)
        {
            norm += weight * weight;
        }

        return (zeta * zeta * norm) + (squares / target.Length);
    }
}
