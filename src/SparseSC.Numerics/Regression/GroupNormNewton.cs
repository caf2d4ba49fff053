using System.Runtime.CompilerServices;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Numerics.Regression;

/// <summary>A multi-task lasso solved in its K group norms instead of its K·T coefficients, by Newton's method.</summary>
/// <remarks>
/// Since ‖b‖ = min over η ≥ 0 of (‖b‖²/η + η)/2, the lasso is a ridge regression with one weight per feature whose minimum
/// <c>F(η) = ½⟨Y, (I + XDX'/λ)⁻¹Y⟩ + ½λΣη</c>, D = diag(η), is smooth and convex on η ≥ 0, and η_k = ‖B_k‖ at the optimum. With
/// M = λI + D^½GD^½: <c>B = D^½M⁻¹D^½P</c>, <c>∂F/∂η_k = ½λ − ‖Q_k‖²/(2λ)</c> and <c>∂²F = Φ∘(QQ')/λ²</c>,
/// <c>Φ = G − GD^½M⁻¹D^½G</c>. Unlike sweeps, its steps do not mind correlated features. The variational form is that of Bach,
/// Jenatton, Mairal, Obozinski (2012), "Optimization with sparsity-inducing penalties", section 1.4.2.
/// </remarks>
internal sealed unsafe class GroupNormNewton
{
    private const int MaxSteps = 40;
    private const int MaxHalvings = 30;
    private const double SufficientDecrease = 1e-4;
    private const int SymmetricBlock = 4;
    private readonly BoundedQuadratic _quadratic = new();
    private readonly AlignedMatrix _gram = new(0, 0);
    private readonly AlignedMatrix _factor = new(0, 0);
    private readonly AlignedMatrix _solution = new(0, 0);
    private readonly AlignedMatrix _projected = new(0, 0);
    private readonly AlignedMatrix _hessian = new(0, 0);
    private readonly AlignedMatrix _correlations = new(0, 0);
    private readonly AlignedMatrix _transposed = new(0, 0);
    private int[] _free = [];
    private double[] _byFeature = [];
    private double[] _norms = [];
    private double[] _trial = [];
    private double[] _gradient = [];
    private double[] _step = [];
    private double[] _roots = [];
    private int[] _factored = [];
    private int _factoredCount = -1;
    private double[] _factoredNorms = [];
    private int _count;

    /// <summary>Steps made by the last run.</summary>
    public int Steps { get; private set; }

    /// <summary>Solves from the state's coefficients; the objective never rises.</summary>
    /// <param name="state">The lasso, its gap at <paramref name="lambda"/> known.</param>
    /// <param name="lambda">The penalty λ = αN.</param>
    /// <param name="target">The gap to reach.</param>
    /// <param name="candidates">Features that may be in play.</param>
    /// <param name="start">Group norms of all features to start from; empty for those of the state.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The gap reached; may be above <paramref name="target"/> when rounding allows no more.</returns>
    public double Run(
        LassoState state, double lambda, double target, ReadOnlySpan<int> candidates, ReadOnlySpan<double> start, CancellationToken cancellationToken)
    {
        Reserve(state.Problem.Features);
        _factoredCount = -1;
        Steps = 0;
        double gap = double.PositiveInfinity;
        Array.Clear(_byFeature);
        foreach (int k in candidates)
        {
            double norm = start.IsEmpty ? LassoProblem.RowNorm(state.Coefficients, k) : start[k];
            _byFeature[k] = state.InPlay[k] ? norm : 0;
        }

        Choose(state, lambda, candidates);
        double value = Evaluate(state, lambda, _norms);
        while (Steps < MaxSteps && double.IsFinite(value))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Store(state);
            gap = state.Gap(lambda, out _);
            if (gap <= target)
            {
                break;
            }

            Choose(state, lambda, candidates);
            if (_count == 0 || !TryStep(state, lambda, ref value))
            {
                break;
            }

            Steps++;
        }

        // Without a finite value nothing was stored, and the state's own gap is the one reached.
        return double.IsFinite(gap) ? gap : state.Gap(lambda, out _);
    }

    /// <summary>The features the step may move: those in play and those whose correlation is too large to stay out.</summary>
    private void Choose(LassoState state, double lambda, ReadOnlySpan<int> candidates)
    {
        _count = 0;
        foreach (int k in candidates)
        {
            if (_byFeature[k] > 0 || (state.CorrelationNorm(k) > lambda && state.Problem.Gram[k, k] > 0))
            {
                _free[_count] = k;
                _norms[_count] = _byFeature[k];
                _count++;
            }
        }
    }

    private bool TryStep(LassoState state, double lambda, ref double value)
    {
        int n = _count;
        Gather(state);
        if (!TryFactor(state.Problem, lambda, _norms))
        {
            return false;
        }

        Hessian(state, lambda);
        for (int a = 0; a < n; a++)
        {
            double norm = state.CorrelationNorm(_free[a]);
            _gradient[a] = 0.5 * (lambda - (norm * norm / lambda));
        }

        if (!_quadratic.TrySolve(_hessian, _gradient.AsSpan(0, n), _norms.AsSpan(0, n), sumsToZero: false, _step.AsSpan(0, n)))
        {
            return false;
        }

        double slope = 0;
        for (int a = 0; a < n; a++)
        {
            slope += _gradient[a] * _step[a];
        }

        double length = 1;
        for (int halving = 0; halving < MaxHalvings; halving++, length *= 0.5)
        {
            for (int a = 0; a < n; a++)
            {
                _trial[a] = Math.Max(0, _norms[a] + (length * _step[a]));
            }

            double next = Evaluate(state, lambda, _trial);

            // Below rounding of F the sign of a difference says nothing, and a full Newton step is as good as it gets.
            bool isTiny = -slope <= 1e-14 * state.Problem.Squares;
            if (next <= value + (SufficientDecrease * length * slope) || (isTiny && double.IsFinite(next)))
            {
                for (int a = 0; a < n; a++)
                {
                    _norms[a] = _byFeature[_free[a]] = _trial[a];
                }

                value = next;
                return true;
            }
        }

        return false;
    }

    /// <summary>F at group norms <paramref name="norms"/>, and B of the features chosen in <see cref="_solution"/>.</summary>
    private double Evaluate(LassoState state, double lambda, double[] norms)
    {
        LassoProblem problem = state.Problem;
        if (!TryFactor(problem, lambda, norms))
        {
            return double.NaN;
        }

        double penalty = 0;
        _solution.Reshape(_count, problem.Targets);
        for (int a = 0; a < _count; a++)
        {
            penalty += norms[a];
            Scale(problem.Cross.PaddedRow(_free[a]), Math.Sqrt(norms[a]), _solution.PaddedRow(a));
        }

        Cholesky.Solve(_factor, _solution);
        double fitted = 0;
        for (int a = 0; a < _count; a++)
        {
            Scale(_solution.PaddedRow(a), Math.Sqrt(norms[a]), _solution.PaddedRow(a));
            ReadOnlySpan<double> p = problem.Cross.Row(_free[a]);
            ReadOnlySpan<double> b = _solution.Row(a);
            for (int t = 0; t < b.Length; t++)
            {
                fitted = Math.FusedMultiplyAdd(p[t], b[t], fitted);
            }
        }

        return (0.5 * (problem.Squares - fitted)) + (0.5 * lambda * penalty);
    }

    private bool TryFactor(LassoProblem problem, double lambda, double[] norms)
    {
        // A step starts from the norms that were evaluated last, more often than not with the same features.
        ReadOnlySpan<int> free = _free.AsSpan(0, _count);
        ReadOnlySpan<double> at = norms.AsSpan(0, _count);
        if (_factoredCount == _count && free.SequenceEqual(_factored.AsSpan(0, _count)) && at.SequenceEqual(_factoredNorms.AsSpan(0, _count)))
        {
            return true;
        }

        for (int a = 0; a < _count; a++)
        {
            _roots[a] = Math.Sqrt(norms[a]);
        }

        _factor.Reshape(_count, _count);
        for (int a = 0; a < _count; a++)
        {
            double* gram = problem.Gram.Pointer + ((nint)_free[a] * problem.Gram.Stride);
            double* target = _factor.Pointer + ((nint)a * _factor.Stride);
            double root = _roots[a];
            for (int b = a; b < _count; b++)
            {
                target[b] = root * _roots[b] * gram[_free[b]];
            }

            target[a] += lambda;
        }

        bool isFactored = Cholesky.TryFactor(_factor);
        _factoredCount = isFactored ? _count : -1;
        free.CopyTo(_factored);
        at.CopyTo(_factoredNorms);
        return isFactored;
    }

    private void Gather(LassoState state)
    {
        _gram.Reshape(_count, _count);
        _correlations.Reshape(_count, state.Problem.Targets);
        _transposed.Reshape(state.Problem.Targets, _count);
        for (int a = 0; a < _count; a++)
        {
            ReadOnlySpan<double> source = state.Problem.Gram.Row(_free[a]);
            for (int b = 0; b < _count; b++)
            {
                _gram[a, b] = source[_free[b]];
            }

            state.Correlations.PaddedRow(_free[a]).CopyTo(_correlations.PaddedRow(a));
            for (int t = 0; t < _transposed.Rows; t++)
            {
                _transposed[t, a] = _correlations[a, t];
            }
        }
    }

    /// <summary>Φ∘(QQ')/λ², from U'U = M: Φ = G − Z'Z with Z = U⁻ᵀD^½G.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Hessian(LassoState state, double lambda)
    {
        int n = _count;
        _projected.Reshape(n, n);
        for (int a = 0; a < n; a++)
        {
            Scale(_gram.PaddedRow(a), Math.Sqrt(_norms[a]), _projected.PaddedRow(a));
        }

        Cholesky.SolveTransposed(_factor, _projected);
        _hessian.Reshape(n, n);
        _hessian.Clear();
        for (int i = 0; i < n; i += SymmetricBlock)
        {
            // The upper triangle is enough: both products are symmetric.
            int rows = Math.Min(SymmetricBlock, n - i);
            int from = i & ~(AlignedMatrix.Lane - 1);
            GemmKernel.Subtract(
                _gram.Pointer + ((nint)i * _gram.Stride) + from, _gram.Stride, rows, _projected.Pointer + i, 1, _projected.Stride, n,
                _projected.Pointer + from, _projected.Stride, _gram.Stride - from);
            GemmKernel.Add(
                _hessian.Pointer + ((nint)i * _hessian.Stride) + from, _hessian.Stride, rows, _correlations.Pointer + ((nint)i * _correlations.Stride),
                _correlations.Stride, 1, state.Problem.Targets, _transposed.Pointer + from, _transposed.Stride, _hessian.Stride - from);
        }

        double scale = 1 / (lambda * lambda);
        for (int a = 0; a < n; a++)
        {
            double* h = _hessian.Pointer + ((nint)a * _hessian.Stride);
            double* phi = _gram.Pointer + ((nint)a * _gram.Stride);
            for (int b = a; b < n; b++)
            {
                h[b] *= scale * phi[b];
                _hessian[b, a] = h[b];
            }

            // Copies of one feature leave a direction without curvature.
            h[a] *= 1 + 1e-10;
            h[a] += double.Epsilon;
        }
    }

    /// <summary>The coefficients evaluated last become the state's.</summary>
    private void Store(LassoState state)
    {
        state.Coefficients.Clear();
        Array.Clear(state.InPlay);
        for (int a = 0; a < _count; a++)
        {
            if (_norms[a] > 0)
            {
                _solution.PaddedRow(a).CopyTo(state.Coefficients.PaddedRow(_free[a]));
                state.InPlay[_free[a]] = true;
            }
        }

        state.ResetCorrelations();
    }

    private static void Scale(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        for (int t = 0; t < target.Length; t++)
        {
            target[t] = factor * source[t];
        }
    }

    private void Reserve(int features)
    {
        if (_free.Length < features)
        {
            _free = new int[features];
            _byFeature = new double[features];
            _norms = new double[features];
            _trial = new double[features];
            _gradient = new double[features];
            _step = new double[features];
            _roots = new double[features];
            _factored = new int[features];
            _factoredNorms = new double[features];
            _gram.Reshape(features, features);
            _factor.Reshape(features, features);
            _hessian.Reshape(features, features);
            _projected.Reshape(features, features);
        }
    }
}
