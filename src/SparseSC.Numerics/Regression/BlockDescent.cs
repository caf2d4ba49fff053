using System.Runtime.CompilerServices;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>Sweeps of block coordinate descent: each row of B in turn becomes the minimiser given the others.</summary>
/// <remarks>
/// With z = Q_k + G_kk B_k the minimiser is z·max(0, 1 − λ/‖z‖)/G_kk. Source: Friedman, Hastie, Tibshirani (2010), "A note on the
/// group lasso and a sparse group lasso".
/// </remarks>
internal sealed unsafe class BlockDescent
{
    private readonly AlignedMatrix _change = new(0, 0);
    private readonly AlignedMatrix _target = new(0, 0);

    /// <summary>The largest change of a coefficient in the last sweep.</summary>
    public double LargestChange { get; private set; }

    /// <summary>The largest coefficient after the last sweep.</summary>
    public double LargestCoefficient { get; private set; }

    /// <summary>Whether the last sweep changed little, so that the gap is worth computing (never 0/0).</summary>
    public bool IsSettled(double tolerance) => LargestCoefficient == 0 || LargestChange / LargestCoefficient < tolerance;

    /// <summary>One sweep over <paramref name="features"/> in the order given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sweep(LassoState state, double lambda, ReadOnlySpan<int> features)
    {
        AlignedMatrix gram = state.Problem.Gram;
        int width = state.Problem.Targets;
        _change.Reshape(1, width);
        _target.Reshape(1, width);
        double* change = _change.Pointer;
        double* target = _target.Pointer;
        double largestChange = 0;
        double largest = 0;
        foreach (int k in features)
        {
            double diagonal = gram[k, k];
            if (diagonal == 0)
            {
                continue;
            }

            double* q = state.Correlations.Pointer + ((nint)k * state.Correlations.Stride);
            double* b = state.Coefficients.Pointer + ((nint)k * state.Coefficients.Stride);
            double squares = 0;
            for (int t = 0; t < width; t++)
            {
                double z = Math.FusedMultiplyAdd(diagonal, b[t], q[t]);
                target[t] = z;
                squares = Math.FusedMultiplyAdd(z, z, squares);
            }

            double norm = Math.Sqrt(squares);
            bool inPlay = norm > lambda;
            if (!inPlay && !state.InPlay[k])
            {
                continue;
            }

            double factor = inPlay ? (1 - (lambda / norm)) / diagonal : 0;
            for (int t = 0; t < width; t++)
            {
                double value = factor * target[t];
                change[t] = value - b[t];
                largestChange = Math.Max(largestChange, Math.Abs(change[t]));
                largest = Math.Max(largest, Math.Abs(value));
            }

            state.Move(k, change);
            for (int t = 0; t < width; t++)
            {
                // The sum of old and change need not be the new value to the last bit; zero must be zero.
                b[t] = factor * target[t];
            }

            state.InPlay[k] = inPlay;
        }

        LargestChange = largestChange;
        LargestCoefficient = largest;
    }

    /// <summary>Sets one row of B to zero.</summary>
    public void Drop(LassoState state, int feature)
    {
        int width = state.Problem.Targets;
        _change.Reshape(1, width);
        Span<double> b = state.Coefficients.Row(feature);
        for (int t = 0; t < width; t++)
        {
            _change[0, t] = -b[t];
        }

        state.Move(feature, _change.Pointer);
        b.Clear();
        state.InPlay[feature] = false;
    }
}
