using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>An ellipsoid without further bounds: its extremes are p'Q⁻¹g ± √(p'Q⁻¹p · g'Q⁻¹g).</summary>
public sealed class Ellipsoid : IBoundedEllipsoid
{
    private readonly double[] _values;
    private readonly double[][] _vectors;
    private double[] _pull = [];

    /// <param name="quadratic">Q, k×k, positive semidefinite.</param>
    /// <param name="negligible">Eigenvalues of at most this share of the largest count as 0.</param>
    public Ellipsoid(AlignedMatrix quadratic, double negligible) => (_values, _vectors) = Decompose(quadratic, negligible);

    /// <inheritdoc/>
    public void Pull(double[] pull) => _pull = Turn(_vectors, pull);

    /// <inheritdoc/>
    public double Largest(double[] direction)
    {
        double[] turned = Turn(_vectors, direction);
        double centre = 0;
        double width = 0;
        double radius = 0;
        double outside = 0;
        double length = 0;
        for (int i = 0; i < turned.Length; i++)
        {
            length += turned[i] * turned[i];
            if (_values[i] > 0)
            {
                centre += turned[i] * _pull[i] / _values[i];
                width += turned[i] * turned[i] / _values[i];
                radius += _pull[i] * _pull[i] / _values[i];
            }
            else
            {
                outside += turned[i] * turned[i];
            }
        }

        return outside > 1e-20 * length ? double.PositiveInfinity : centre + Math.Sqrt(width * radius);
    }

    /// <summary>Eigenvalues, 0 where they are negligible, and eigenvectors.</summary>
    internal static (double[] Values, double[][] Vectors) Decompose(AlignedMatrix quadratic, double negligible)
    {
        ArgumentNullException.ThrowIfNull(quadratic);
        SymmetricEigen eigen = new();
        eigen.Decompose(quadratic);
        double least = negligible * eigen.Values[^1];
        double[] values = eigen.Values.ToArray();
        double[][] vectors = [.. values.Select((_, i) => eigen.Vector(i).ToArray())];
        return ([.. values.Select(value => value > least ? value : 0)], vectors);
    }

    /// <summary>A vector in the basis of the eigenvectors.</summary>
    internal static double[] Turn(double[][] vectors, double[] vector)
    {
        double[] turned = new double[vectors.Length];
        for (int i = 0; i < turned.Length; i++)
        {
            double[] row = vectors[i];
            for (int j = 0; j < row.Length; j++)
            {
                turned[i] += row[j] * vector[j];
            }
        }

        return turned;
    }
}
