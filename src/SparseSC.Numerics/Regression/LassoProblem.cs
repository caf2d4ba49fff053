using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>
/// A multi-task lasso by its moments: minimise <c>‖Y − XB‖²_F/(2N) + α Σ_k ‖B_k‖₂</c> over B (K×T), with X and Y centred (and X
/// scaled) beforehand. Nothing depends on the number of rows once the moments are known. Immutable by convention.
/// </summary>
public sealed class LassoProblem
{
    /// <summary>Penalties tried when none are given.</summary>
    public const int DefaultCount = 100;

    private const double LowestShare = 1e-3;

    /// <summary>Wraps moments without copying.</summary>
    /// <param name="gram">X'X, K×K, symmetric; a feature that does not vary has a row and column of zeros.</param>
    /// <param name="cross">X'Y, K×T.</param>
    /// <param name="squares">‖Y‖²_F.</param>
    /// <param name="rows">N.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public LassoProblem(AlignedMatrix gram, AlignedMatrix cross, double squares, int rows)
    {
        ArgumentNullException.ThrowIfNull(gram);
        ArgumentNullException.ThrowIfNull(cross);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (gram.Rows != gram.Columns || gram.Rows != cross.Rows)
        {
            throw new ArgumentException($"A {gram.Rows}×{gram.Columns} Gram matrix does not fit {cross.Rows}×{cross.Columns} cross moments.", nameof(gram));
        }

        Gram = gram;
        Cross = cross;
        Squares = squares;
        Rows = rows;
    }

    /// <summary>X'X, K×K.</summary>
    public AlignedMatrix Gram { get; }

    /// <summary>X'Y, K×T.</summary>
    public AlignedMatrix Cross { get; }

    /// <summary>‖Y‖²_F.</summary>
    public double Squares { get; }

    /// <summary>N.</summary>
    public int Rows { get; }

    /// <summary>K.</summary>
    public int Features => Gram.Rows;

    /// <summary>T.</summary>
    public int Targets => Cross.Columns;

    /// <summary>The smallest penalty at which every coefficient is zero: max_k ‖(X'Y)_k‖₂/N.</summary>
    public double MaximumPenalty()
    {
        double largest = 0;
        for (int k = 0; k < Features; k++)
        {
            largest = Math.Max(largest, RowNorm(Cross, k));
        }

        return largest / Rows;
    }

    /// <summary>
    /// <see cref="DefaultCount"/> penalties from <paramref name="maximum"/> down to a thousandth of it, evenly spaced in the logarithm.
    /// </summary>
    public static double[] Penalties(double maximum)
    {
        double[] result = new double[DefaultCount];
        double first = Math.Log10(maximum * LowestShare);
        double last = Math.Log10(maximum);
        double step = (last - first) / (DefaultCount - 1);
        for (int i = 0; i < DefaultCount; i++)
        {
            result[DefaultCount - 1 - i] = Math.Pow(10, i == DefaultCount - 1 ? last : first + (i * step));
        }

        return result;
    }

    internal static unsafe double RowNorm(AlignedMatrix matrix, int row)
    {
        double* values = matrix.Pointer + ((nint)row * matrix.Stride);
        double sum = 0;
        for (int t = 0; t < matrix.Columns; t++)
        {
            sum = Math.FusedMultiplyAdd(values[t], values[t], sum);
        }

        return Math.Sqrt(sum);
    }
}
