using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Models;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Sdid;

/// <summary>Unit and time weights of synthetic difference in differences.</summary>
/// <remarks>
/// Both minimise ‖A x − b‖²/n + ζ²‖x‖² over the simplex with an intercept. Source: Arkhangelsky, Athey, Hirshberg, Imbens, Wager (2021), American
/// Economic Review 111(12), equations 4 and 6.
/// </remarks>
internal static class SdidWeights
{
    private const int FirstRound = 100;
    private const int SecondRound = 10_000;

    /// <summary>Solves one of the two problems.</summary>
    /// <param name="rows">n rows of A and, last, b.</param>
    /// <param name="zeta">ζ.</param>
    /// <param name="solver">How it is solved.</param>
    /// <param name="minDecrease">Where Frank-Wolfe stops.</param>
    /// <param name="start">Weights that Frank-Wolfe starts from, in any scale; <c>null</c> for equal ones.</param>
    /// <returns>The weights, and the steps of the second round of Frank-Wolfe.</returns>
    public static (double[] Weights, int Steps) Solve(double[][] rows, double zeta, SdidSolver solver, double minDecrease, double[]? start)
    {
        int count = rows[0].Length - 1;
        double[][] matrix = Centred(rows);
        double[] target = [.. matrix.Select(row => row[count])];
        if (solver == SdidSolver.Exact)
        {
            return (new SimplexRidge().Solve(matrix, target, count, rows.Length * zeta * zeta), 0);
        }

        double[] weights = Normalised(start, count);
        FrankWolfeSimplex.Descend(matrix, target, zeta, minDecrease, FirstRound, weights);
        double smallest = weights.Max() / 4;
        weights = Normalised([.. weights.Select(weight => weight <= smallest ? 0 : weight)], count);
        int steps = FrankWolfeSimplex.Descend(matrix, target, zeta, minDecrease, SecondRound, weights);
        return (weights, steps);
    }

    /// <summary>Weights with sum one; equal ones where there are none.</summary>
    public static double[] Normalised(double[]? weights, int count)
    {
        double sum = weights?.Sum() ?? 0;
        return sum == 0 ? [.. Enumerable.Repeat(1.0 / count, count)] : [.. weights!.Select(weight => weight / sum)];
    }

    /// <summary>The rows less the mean of each column.</summary>
    public static double[][] Centred(double[][] rows)
    {
        double[] means = new double[rows[0].Length];
        foreach (double[] row in rows)
        {
            for (int j = 0; j < means.Length; j++)
            {
                means[j] += row[j];
            }
        }

        for (int j = 0; j < means.Length; j++)
        {
            means[j] /= rows.Length;
        }

        return [.. rows.Select(row => row.Select((value, j) => value - means[j]).ToArray())];
    }

    /// <summary>Rows of the controls: their pre-periods and the mean of their post-periods.</summary>
    public static double[][] TimeRows(IReadOnlyList<double[]> controls, int pre) => [.. controls.Select(control => Collapsed(control, pre))];

    /// <summary>Rows of the pre-periods: the controls and the mean of the treated.</summary>
    public static double[][] UnitRows(IReadOnlyList<double[]> controls, double[] treated, int pre) =>
        [.. Enumerable.Range(0, pre).Select(t => controls.Select(control => control[t]).Append(treated[t]).ToArray())];

    private static double[] Collapsed(double[] series, int pre) => [.. series[..pre], Mean(series.AsSpan(pre))];

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
