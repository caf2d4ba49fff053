using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>The regression of a on B for every bound on ‖w‖₂, from one singular value decomposition of B.</summary>
internal sealed class ShrunkRegression
{
    private const int MostSteps = 100;
    private const double Dependent = 1e-12;

    private readonly double[][] _donors;
    private readonly double[] _target;
    private readonly ThinSingularValues _svd;
    private readonly double[] _turned;

    /// <param name="donors">B': J rows of T0 outcomes.</param>
    /// <param name="target">a: T0 outcomes.</param>
    public ShrunkRegression(double[][] donors, double[] target)
    {
        _donors = donors;
        _target = target;
        AlignedMatrix matrix = new(donors.Length, target.Length);
        for (int j = 0; j < donors.Length; j++)
        {
            donors[j].CopyTo(matrix.Row(j));
        }

        _svd = new ThinSingularValues(matrix);
        double largest = _svd.Values.Max();
        Values = [.. _svd.Values.Select(value => value > Dependent * largest ? value : 0)];
        _turned = [.. Values.Select((value, i) => value == 0 ? 0 : Product(_svd.VectorsTransposed.Row(i), target))];
    }

    /// <summary>Singular values of B, 0 where one is rounding.</summary>
    public double[] Values { get; }

    /// <summary>How many of them are not 0.</summary>
    public int Rank => Values.Count(value => value > 0);

    /// <summary>The shortest weights of least squares, or those on the bound where these are longer than it.</summary>
    /// <param name="bound">The largest ‖w‖₂.</param>
    public double[] Within(double bound)
    {
        double penalty = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            (double square, double slope) = Length(penalty);
            double length = Math.Sqrt(square);
            if (!(length > bound * (1 + 1e-14)))
            {
                break;
            }

            // 1/‖w‖ is nearly linear in the penalty, and concave: Newton's steps grow towards the root and do not pass it.
            double next = penalty + ((1 / bound) - (1 / length)) * square * length / slope;
            if (!(next > penalty))
            {
                break;
            }

            penalty = next;
        }

        double[] weights = new double[_donors.Length];
        for (int i = 0; i < Values.Length; i++)
        {
            double factor = Values[i] == 0 ? 0 : _turned[i] * Values[i] / ((Values[i] * Values[i]) + penalty);
            ReadOnlySpan<double> left = _svd.Left.Row(i);
            for (int j = 0; j < weights.Length; j++)
            {
                weights[j] += factor * left[j];
            }
        }

        return weights;
    }

    /// <summary>a − B w.</summary>
    public double[] Residual(double[] weights)
    {
        double[] rest = [.. _target];
        for (int j = 0; j < weights.Length; j++)
        {
            for (int t = 0; t < rest.Length && weights[j] != 0; t++)
            {
                rest[t] -= weights[j] * _donors[j][t];
            }
        }

        return rest;
    }

    // ‖w‖² and half of its negative slope in the penalty.
    private (double Square, double Slope) Length(double penalty)
    {
        double square = 0;
        double slope = 0;
        for (int i = 0; i < Values.Length; i++)
        {
            if (Values[i] > 0)
            {
                double divisor = (Values[i] * Values[i]) + penalty;
                double weight = _turned[i] * Values[i] / divisor;
                square += weight * weight;
                slope += weight * weight / divisor;
            }
        }

        return (square, slope);
    }

    private static double Product(ReadOnlySpan<double> a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < b.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
