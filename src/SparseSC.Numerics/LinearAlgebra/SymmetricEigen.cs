using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Eigenvalues and eigenvectors of symmetric matrices.</summary>
/// <remarks>
/// By the managed provider itself, never by the one that a session has chosen: the same matrix then gives the same bits everywhere.
/// Allocation-free while the size stays the same.
/// </remarks>
public sealed class SymmetricEigen
{
    private double[] _matrix = [];
    private double[] _vectors = [];
    private double[] _diagonal = [];
    private Complex[] _values = [];
    private double[] _sorted = [];
    private int _order;

    /// <summary>Eigenvalues in ascending order.</summary>
    public ReadOnlySpan<double> Values => _sorted;

    /// <summary>The eigenvector of a value, of length 1.</summary>
    public ReadOnlySpan<double> Vector(int index) => _vectors.AsSpan(index * _order, _order);

    /// <summary>Decomposes; the lower triangle is not read apart from the upper one.</summary>
    public void Decompose(AlignedMatrix symmetric)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        int n = symmetric.Rows;
        if (_order != n)
        {
            _order = n;
            _matrix = new double[n * n];
            _vectors = new double[n * n];
            _diagonal = new double[n * n];
            _values = new Complex[n];
            _sorted = new double[n];
        }

        for (int i = 0; i < n; i++)
        {
            symmetric.Row(i).CopyTo(_matrix.AsSpan(i * n, n));
        }

        ManagedLinearAlgebraProvider.Instance.EigenDecomp(true, n, _matrix, _vectors, _values, _diagonal);
        for (int i = 0; i < n; i++)
        {
            _sorted[i] = _values[i].Real;
        }
    }
}
