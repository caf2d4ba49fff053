namespace SparseSC.Numerics.Optimization;

/// <summary>
/// The reference's search (<c>cdl_search</c>), step for step: steepest descent whose line search evaluates the objective at
/// projected points.
/// </summary>
/// <remarks>
/// On the simplex from the origin the first point is the normalised gradient, but the value kept is that of the origin, and the
/// first line search uses it: the path depends on it, so it is repeated here. <see cref="SearchResult.Value"/> is that kept value.
/// Source: microsoft/SparseSC, cd_line_search (the algorithm only).
/// </remarks>
public sealed class CoordinateDescentLineSearch : ISearch
{
    private const double Zero = 100 * 2.220446049250313e-16;
    private double[] _gradient = [];
    private double[] _direction = [];
    private double[] _origin = [];
    private double[] _projected = [];
    private double[] _raw = [];
    private double[] _scratch = [];

    /// <inheritdoc/>
    public SearchResult Minimize(IObjective objective, Span<double> point, SearchOptions options, CancellationToken cancellationToken = default)
    {
        Reserve(point.Length);
        int n = point.Length;
        Span<double> gradient = _gradient.AsSpan(0, n);
        Span<double> direction = _direction.AsSpan(0, n);
        Span<double> current = _origin.AsSpan(0, n);
        point.CopyTo(current);
        bool gradientKnown = false;
        int stretch = 0;
        double value = objective.Value(current);
        double? previousValue = null;
        for (int i = 0; i < options.MaxIterations; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!gradientKnown)
            {
                objective.Gradient(current, gradient);
            }

            if (IsStationary(current, gradient))
            {
                return End(SearchStatus.Stationary, value, i, current, point);
            }

            if (options.FeasibleSet == FeasibleSet.Simplex && i == 0 && IsZero(current))
            {
                NormaliseNegativePart(gradient, current);
                gradientKnown = false;
                continue;
            }

            double factor = Math.Pow(options.LearningRateAdjustment, stretch);
            double norm2 = Dot(gradient, gradient);
            for (int k = 0; k < n; k++)
            {
                direction[k] = -(options.LearningRate * value * gradient[k]) / norm2 * factor;
            }

            Line line = new(this, objective, options.FeasibleSet, n);
            LineSearchResult found = StrongWolfeLineSearch.Search(ref line, value, previousValue, Dot(gradient, direction));
            if (found.Alpha is not double alpha)
            {
                return End(SearchStatus.LineSearchEnded, value, i, current, point);
            }

            stretch += alpha >= 1 ? -1 : 1;
            bool wasZero = IsZero(current);
            Project(alpha, options.FeasibleSet, n);
            for (int k = 0; k < n; k++)
            {
                current[k] = _projected[k] < Zero ? 0 : _projected[k];
            }

            previousValue = value;
            value = found.Value;
            gradientKnown = found.SlopeIsCurrent;
            double improvement = previousValue.Value - value;
            if (wasZero && IsZero(current))
            {
                if (i == 0)
                {
                    if (!TryFirstStep(objective, current, ref value, options.LearningRate))
                    {
                        return End(SearchStatus.NoFirstStep, value, i, current, point);
                    }
                }

                if (IsZero(current))
                {
                    return End(SearchStatus.StuckAtOrigin, objective.Value(current), i, current, point);
                }
            }

            if (improvement / value < options.Tolerance && i > options.MinIterations)
            {
                return End(SearchStatus.Converged, value, i, current, point);
            }
        }

        return End(SearchStatus.IterationLimit, value, options.MaxIterations, current, point);
    }

    private static SearchResult End(SearchStatus status, double value, int iteration, ReadOnlySpan<double> current, Span<double> point)
    {
        current.CopyTo(point);
        return new SearchResult(status, value, iteration);
    }

    /// <summary>Backtracks from the steepest step along the negative components; the gradient kept stays that of the line search.</summary>
    private bool TryFirstStep(IObjective objective, Span<double> current, ref double value, double learningRate)
    {
        Span<double> gradient = _raw.AsSpan(0, current.Length);
        Span<double> step = _scratch.AsSpan(0, current.Length);
        objective.Gradient(current, gradient);
        double norm2 = 0;
        for (int k = 0; k < gradient.Length; k++)
        {
            gradient[k] = Math.Min(gradient[k], 0);
            norm2 += gradient[k] * gradient[k];
        }

        if (norm2 == 0)
        {
            return false;
        }

        for (int k = 0; k < step.Length; k++)
        {
            step[k] = -(learningRate * value * gradient[k]) / norm2;
        }

        while (true)
        {
            double trial = objective.Value(step);
            if (trial < value)
            {
                value = trial;
                step.CopyTo(current);
                return true;
            }

            double sum = 0;
            for (int k = 0; k < step.Length; k++)
            {
                step[k] *= 0.9;
                sum += step[k];
            }

            if (sum < Zero)
            {
                return false;
            }
        }
    }

    private void Project(double alpha, FeasibleSet set, int n)
    {
        for (int k = 0; k < n; k++)
        {
            _raw[k] = _origin[k] + (alpha * _direction[k]);
        }

        if (set == FeasibleSet.Orthant)
        {
            for (int k = 0; k < n; k++)
            {
                _projected[k] = Math.Max(0, _raw[k]);
            }

            return;
        }

        for (int k = 0; k < n; k++)
        {
            // The reference rounds through the step, x − (x − z), before it projects.
            _raw[k] = _origin[k] - (_origin[k] - _raw[k]);
        }

        SimplexProjection.Project(_raw.AsSpan(0, n), _projected, _scratch);
    }

    private static bool IsStationary(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        for (int k = 0; k < point.Length; k++)
        {
            bool blocked = gradient[k] > 0 && point[k] == 0;
            if (!blocked && gradient[k] != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void NormaliseNegativePart(ReadOnlySpan<double> gradient, Span<double> point)
    {
        double sum = 0;
        for (int k = 0; k < point.Length; k++)
        {
            point[k] = gradient[k] > 0 ? 0 : gradient[k];
            sum += point[k];
        }

        for (int k = 0; k < point.Length; k++)
        {
            point[k] /= sum;
        }
    }

    private static bool IsZero(ReadOnlySpan<double> point) => !point.ContainsAnyExcept(0.0);

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum = Math.FusedMultiplyAdd(a[k], b[k], sum);
        }

        return sum;
    }

    private void Reserve(int n)
    {
        if (_gradient.Length >= n)
        {
            return;
        }

        _gradient = new double[n];
        _direction = new double[n];
        _origin = new double[n];
        _projected = new double[n];
        _raw = new double[n];
        _scratch = new double[n];
    }

    private readonly struct Line(CoordinateDescentLineSearch owner, IObjective objective, FeasibleSet set, int n) : ILineFunction
    {
        public double Value(double alpha)
        {
            owner.Project(alpha, set, n);
            return objective.Value(owner._projected.AsSpan(0, n));
        }

        public double Slope(double alpha)
        {
            owner.Project(alpha, set, n);
            objective.Gradient(owner._projected.AsSpan(0, n), owner._gradient.AsSpan(0, n));
            return Dot(owner._gradient.AsSpan(0, n), owner._direction.AsSpan(0, n));
        }
    }
}
