using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>
/// Newton's method with exact second derivatives under bounds: each step minimises the damped quadratic model over the feasible set.
/// </summary>
/// <remarks>
/// The damping follows the ratio of actual to predicted decrease (Levenberg–Marquardt). Ends when no feasible direction descends
/// faster than <see cref="SearchOptions.GradientTolerance"/>, when a full step promises less than
/// <see cref="SearchOptions.DecrementTolerance"/>, or when rounding hides any further descent.
/// On the simplex scales may differ by many orders of magnitude, and a coordinate that was set to 0 too early grows back from there
/// by a factor a step: so it first shrinks by <see cref="Kept"/> a step, and a step that does better than promised is lengthened.
/// </remarks>
public sealed partial class ProjectedNewtonSearch : ISearch
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Relative error of the model's predicted decrease below which the next full step is judged by its gradient alone.</summary>
    private const double TrustedError = 0.3;

    /// <summary>What a step on the simplex leaves of a coordinate at least, unless that hardly matters to the value.</summary>
    private const double Kept = 0.01;

    /// <summary>A decrease this much above the promised one says that the curvature falls along the step, so that a longer one pays.</summary>
    private const double BetterThanPromised = 1.15;

    private readonly BoundedQuadratic _quadratic = new();
    private readonly ConvexModel _model = new();
    private readonly AlignedMatrix _hessian = new(0, 0);
    private readonly AlignedMatrix _damped = new(0, 0);
    private int[] _coordinates = [];
    private double[] _gradient = [];
    private double[] _freeGradient = [];
    private double[] _freePoint = [];
    private double[] _room = [];
    private double[] _step = [];
    private double[] _trial = [];
    private double[] _trialGradient = [];
    private double _value;
    private double _damping;
    private double _decrementTolerance;
    private bool _simplex;
    private bool _isTrusted;
    private bool _isHeld;
    private bool _isDone;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The objective has no second derivatives.</exception>
    public SearchResult Minimize(IObjective objective, Span<double> point, SearchOptions options, CancellationToken cancellationToken = default)
    {
        if (objective is not ITwiceDifferentiable smooth)
        {
            throw new ArgumentException("Newton's method needs second derivatives.", nameof(objective));
        }

        int n = point.Length;
        Reserve(n);
        _simplex = options.FeasibleSet == FeasibleSet.Simplex;
        _damping = 0;
        _decrementTolerance = options.DecrementTolerance;
        _isTrusted = false;
        _isHeld = false;
        _isDone = false;
        Span<double> gradient = _gradient.AsSpan(0, n);
        if (_simplex && !point.ContainsAnyExcept(0.0))
        {
            point.Fill(1.0 / n);
        }

        _value = objective.Value(point);
        objective.Gradient(point, gradient);
        if (!_simplex && !point.ContainsAnyExcept(0.0))
        {
            LeaveOrigin(objective, point, gradient, options);
        }

        for (int i = 0; i < options.MaxIterations; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isDone = Violation(point, gradient) <= options.GradientTolerance;
            if (isDone && !_isHeld)
            {
                return End(objective, point, SearchStatus.Converged, i);
            }

            double multiplier = _simplex ? Multiplier(point, gradient) : 0;
            int free = SelectCoordinates(point, gradient, multiplier, options.GradientTolerance);
            smooth.Hessian(point, _coordinates.AsSpan(0, free), _hessian);
            _model.MakeConvex(_hessian, _simplex);
            bool hasMoved = !isDone && TryStep(objective, point, gradient, free);
            if (isDone || _isDone)
            {
                ReleaseHeld(objective, point, free);
                return End(objective, point, SearchStatus.Converged, i);
            }

            if (!hasMoved)
            {
                return End(objective, point, SearchStatus.LineSearchEnded, i);
            }
        }

        return End(objective, point, SearchStatus.IterationLimit, options.MaxIterations);
    }

    private SearchResult End(IObjective objective, ReadOnlySpan<double> point, SearchStatus status, int iteration)
        => new(status, double.IsNaN(_value) ? objective.Value(point) : _value, iteration);

    /// <summary>
    /// Curvature at the origin is far above that of any other point, so Newton would creep away from it. A step along the negative
    /// gradient whose linear model promises a multiple of the objective gets out at once.
    /// </summary>
    private void LeaveOrigin(IObjective objective, Span<double> point, Span<double> gradient, SearchOptions options)
    {
        if (Residual(point, gradient, 0) <= options.GradientTolerance)
        {
            return;
        }

        double norm2 = 0;
        foreach (double g in gradient)
        {
            norm2 += g < 0 ? g * g : 0;
        }

        Span<double> trial = _trial.AsSpan(0, point.Length);
        for (double share = 8; share > 1e-9; share *= 0.125)
        {
            for (int k = 0; k < trial.Length; k++)
            {
                trial[k] = gradient[k] < 0 ? -share * _value * gradient[k] / norm2 : 0;
            }

            double moved = objective.Value(trial);
            if (moved < _value)
            {
                trial.CopyTo(point);
                _value = moved;
                objective.Gradient(point, gradient);
                return;
            }
        }
    }

    private int SelectCoordinates(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, double multiplier, double tolerance)
    {
        int free = 0;
        double negligible = 0.1 * tolerance / point.Length;
        for (int k = 0; k < point.Length; k++)
        {
            if (point[k] > 0 || gradient[k] < multiplier)
            {
                bool mayVanish = !_simplex || point[k] * (gradient[k] - multiplier) <= negligible;
                _freePoint[free] = point[k];
                _room[free] = mayVanish ? point[k] : (1 - Kept) * point[k];
                _freeGradient[free] = gradient[k];
                _coordinates[free++] = k;
            }
        }

        return free;
    }

    /// <summary>Damps until a step descends enough; <c>false</c> when rounding hides any descent.</summary>
    private bool TryStep(IObjective objective, Span<double> point, Span<double> gradient, int free)
    {
        Span<double> step = _step.AsSpan(0, free);
        Span<double> trial = _trial.AsSpan(0, point.Length);
        for (int attempt = 0; attempt < 60; attempt++)
        {
            Damp(free, _damping);
            if (!_quadratic.TrySolve(_damped, _freeGradient.AsSpan(0, free), _room.AsSpan(0, free), _simplex, step))
            {
                _damping = Math.Max(_damping * 10, 1e-8);
                continue;
            }

            SetTrial(point, step, trial);
            double predicted = Predicted(step, free);
            if (predicted * (1 + _damping) <= _decrementTolerance * Math.Abs(_value))
            {
                _isDone = true;
                return false;
            }

            if (_isTrusted && _damping == 0 && TryByGradient(objective, point, trial, gradient, free))
            {
                return true;
            }

            if (double.IsNaN(_value))
            {
                _value = objective.Value(point);
            }

            if (!(predicted > 4 * Epsilon * Math.Abs(_value)))
            {
                return TryByGradient(objective, point, trial, gradient, free);
            }

            double moved = objective.Value(trial);
            double ratio = (_value - moved) / predicted;
            if (ratio > 1e-4)
            {
                if (_simplex && ratio > BetterThanPromised)
                {
                    moved = Lengthen(objective, point, step, trial, moved);
                }

                NoteHeld(step);
                trial.CopyTo(point);
                _value = moved;
                _isTrusted = Math.Abs(ratio - 1) < TrustedError;
                _damping = ratio > 0.75 ? _damping * 0.1 : ratio < 0.25 ? Math.Max(_damping * 4, 1e-4) : _damping;
                _damping = _damping < 1e-3 ? 0 : _damping;
                objective.Gradient(point, gradient);
                return true;
            }

            _isTrusted = false;
            _damping = Math.Max(_damping * 6, 0.5);
        }

        return false;
    }

    /// <summary>
    /// Takes the step when it reduces the violation of the first-order conditions enough. Near the solution that is as safe as a
    /// decrease of the value, which rounding hides there, and one evaluation cheaper.
    /// </summary>
    private bool TryByGradient(IObjective objective, Span<double> point, Span<double> trial, Span<double> gradient, int free)
    {
        Span<double> moved = _trialGradient.AsSpan(0, point.Length);
        objective.Gradient(trial, moved);
        double before = Violation(point, gradient);
        double after = Violation(trial, moved);
        if (!(after <= 0.5 * before))
        {
            _isTrusted = false;
            return false;
        }

        NoteHeld(_step.AsSpan(0, free));
        trial.CopyTo(point);
        moved.CopyTo(gradient);
        _value = double.NaN;
        return true;
    }

    /// <summary>Doubles a step as long as the value falls and no coordinate leaves its room; <paramref name="trial"/> receives the best point.</summary>
    private double Lengthen(IObjective objective, ReadOnlySpan<double> point, ReadOnlySpan<double> step, Span<double> trial, double value)
    {
        double reach = 1e9;
        for (int a = 0; a < step.Length; a++)
        {
            reach = step[a] < 0 ? Math.Min(reach, _room[a] / -step[a]) : reach;
        }

        Span<double> further = _trialGradient.AsSpan(0, point.Length);
        for (double length = 2; length <= reach; length *= 2)
        {
            point.CopyTo(further);
            for (int a = 0; a < step.Length; a++)
            {
                further[_coordinates[a]] = Math.Max(0, _freePoint[a] + (length * step[a]));
            }

            double moved = objective.Value(further);
            if (!(moved < value))
            {
                break;
            }

            further.CopyTo(trial);
            value = moved;
        }

        return value;
    }

    private void NoteHeld(ReadOnlySpan<double> step)
    {
        _isHeld = false;
        for (int a = 0; a < step.Length; a++)
        {
            _isHeld |= _room[a] < _freePoint[a] && step[a] <= -_room[a];
        }
    }

    /// <summary>One more step from a solution, in which coordinates on their way to 0 get there.</summary>
    private void ReleaseHeld(IObjective objective, Span<double> point, int free)
    {
        Span<double> step = _step.AsSpan(0, free);
        Damp(free, 0);
        if (!_isHeld || !_quadratic.TrySolve(_damped, _freeGradient.AsSpan(0, free), _freePoint.AsSpan(0, free), _simplex, step))
        {
            return;
        }

        Span<double> trial = _trial.AsSpan(0, point.Length);
        SetTrial(point, step, trial);
        double before = double.IsNaN(_value) ? objective.Value(point) : _value;
        double moved = objective.Value(trial);
        _value = Math.Min(before, moved);
        if (moved <= before)
        {
            trial.CopyTo(point);
        }
    }

    private void SetTrial(ReadOnlySpan<double> point, ReadOnlySpan<double> step, Span<double> trial)
    {
        point.CopyTo(trial);
        for (int a = 0; a < step.Length; a++)
        {
            double moved = _freePoint[a] + step[a];
            trial[_coordinates[a]] = moved <= Epsilon * _freePoint[a] ? 0 : moved;
        }
    }

    private void Damp(int free, double damping)
    {
        _damped.Reshape(free, free);
        for (int a = 0; a < free; a++)
        {
            _hessian.Row(a).CopyTo(_damped.Row(a));
            _damped[a, a] += damping * _hessian[a, a];
        }
    }

    private double Predicted(ReadOnlySpan<double> step, int free)
    {
        double sum = 0;
        for (int a = 0; a < free; a++)
        {
            double curvature = 0;
            for (int b = 0; b < free; b++)
            {
                curvature += _damped[a, b] * step[b];
            }

            sum -= step[a] * (_freeGradient[a] + (0.5 * curvature));
        }

        return sum;
    }

    private void Reserve(int n)
    {
        if (_gradient.Length >= n)
        {
            return;
        }

        _coordinates = new int[n];
        _gradient = new double[n];
        _freeGradient = new double[n];
        _freePoint = new double[n];
        _room = new double[n];
        _step = new double[n];
        _trial = new double[n];
        _trialGradient = new double[n];
    }
}
