using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>Solves multi-task lassos one after the other, each from the coefficients of the one before.</summary>
/// <remarks>Keeps its workspace: no allocation after the first solve of a size. One object serves one thread.</remarks>
public sealed class MultiTaskLasso
{
    private const int SweepsPerCheck = 5;
    private const int SweepsBeforeNewton = 10;
    private const int MostIdleRounds = 50;
    private readonly LassoState _state = new();
    private readonly BlockDescent _descent = new();
    private readonly GroupNormNewton _newton = new();
    private readonly LassoCourse _course = new();
    private int[] _features = [];

    /// <summary>B of the last solve, K×T; overwritten by the next.</summary>
    public AlignedMatrix Coefficients => _state.Coefficients;

    /// <summary>Takes up a problem, from B = 0.</summary>
    public void Bind(LassoProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        _state.Bind(problem);
        _course.Clear();
        if (_features.Length < problem.Features)
        {
            _features = new int[problem.Features];
        }
    }

    /// <summary>Goes back to B = 0.</summary>
    public void Restart()
    {
        _state.Restart();
        _course.Clear();
    }

    /// <summary>‖B_k‖₂ of one feature.</summary>
    public double GroupNorm(int feature) => LassoProblem.RowNorm(_state.Coefficients, feature);

    /// <summary>Solves at penalty α = <paramref name="penalty"/> from the coefficients at hand.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LassoResult Solve(double penalty, LassoSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        int features = _state.Problem.Features;
        for (int k = 0; k < features; k++)
        {
            _features[k] = k;
        }

        double lambda = penalty * _state.Problem.Rows;
        double target = settings.Tolerance * _state.Problem.Squares;
        return settings.Solver == LassoSolver.Cyclic
            ? SolveCyclic(lambda, target, settings, cancellationToken)
            : SolveActive(lambda, target, settings, cancellationToken);
    }

    /// <summary>Sweeps over all features; the gap is computed when the largest change is small next to the largest coefficient.</summary>
    private LassoResult SolveCyclic(double lambda, double target, LassoSettings settings, CancellationToken cancellationToken)
    {
        ReadOnlySpan<int> features = _features.AsSpan(0, _state.Problem.Features);
        double gap = double.PositiveInfinity;
        for (int sweep = 1; sweep <= settings.MaxSweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _descent.Sweep(_state, lambda, features);
            if (_descent.IsSettled(settings.Tolerance) || sweep == settings.MaxSweeps)
            {
                gap = _state.Gap(lambda, out _);
                if (gap < target || gap <= 0)
                {
                    return new LassoResult(sweep, gap, true);
                }
            }
        }

        return new LassoResult(settings.MaxSweeps, gap, false);
    }

    private LassoResult SolveActive(double lambda, double target, LassoSettings settings, CancellationToken cancellationToken)
    {
        int alive = _state.Problem.Features;
        int sweeps = 0;
        int sinceNewton = 0;
        int idle = 0;
        _state.ResetCorrelations();
        double gap = _state.Gap(lambda, out double scale);
        double best = gap;

        // Where the penalty before took Newton steps, sweeps would be made in vain again.
        bool neededNewton = _course.IsKnown;
        if (neededNewton && gap > target)
        {
            alive = Screen(lambda, gap, scale, alive);
            _newton.Run(_state, lambda, target, _features.AsSpan(0, alive), _course.Predict(lambda), cancellationToken);
            sweeps = _newton.Steps;
            gap = _state.Gap(lambda, out scale);
            best = gap;
        }

        // A tolerance below rounding is never met; there is no use in going on.
        while (gap > target && sweeps < settings.MaxSweeps && idle < MostIdleRounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            alive = Screen(lambda, gap, scale, alive);
            if (sinceNewton >= SweepsBeforeNewton)
            {
                neededNewton = true;
                _newton.Run(_state, lambda, target, _features.AsSpan(0, alive), [], cancellationToken);
                sweeps += Math.Max(1, _newton.Steps);
                sinceNewton = 0;
            }
            else
            {
                for (int i = 0; i < SweepsPerCheck; i++)
                {
                    _descent.Sweep(_state, lambda, _features.AsSpan(0, alive));
                }

                sweeps += SweepsPerCheck;
                sinceNewton += SweepsPerCheck;
            }

            gap = _state.Gap(lambda, out scale);
            idle = gap < 0.99 * best ? 0 : idle + 1;
            best = Math.Min(best, gap);
        }

        _course.Add(_state, lambda, neededNewton);
        return new LassoResult(sweeps, gap, gap <= target);
    }

    /// <summary>Leaves out features that the duality gap proves to be zero at the optimum; returns how many stay.</summary>
    /// <remarks>
    /// The dual optimum lies within √(2·gap)/λ of the scaled residual. Source: Ndiaye, Fercoq, Gramfort, Salmon (2017), "Gap safe
    /// screening rules for sparsity enforcing penalties", JMLR 18.
    /// </remarks>
    private int Screen(double lambda, double gap, double scale, int alive)
    {
        double radius = Math.Sqrt(2 * Math.Max(0, gap)) / lambda;
        AlignedMatrix gram = _state.Problem.Gram;
        int kept = 0;
        for (int i = 0; i < alive; i++)
        {
            int k = _features[i];
            bool isZero = (scale * _state.CorrelationNorm(k) / lambda) + (radius * Math.Sqrt(gram[k, k])) < 1 - 1e-9;
            if (!isZero)
            {
                _features[kept++] = k;
            }
            else if (_state.InPlay[k])
            {
                _descent.Drop(_state, k);
            }
        }

        return kept;
    }
}
