using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Units;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Fitting;

/// <summary>Which penalties each iteration of the alternating search tries: those of v at a fixed w, then those of w at the v chosen, and so on.</summary>
internal sealed class PenaltySchedule
{
    private static readonly ParallelOptions Sequential = new() { MaxDegreeOfParallelism = 1 };
    private readonly PenaltyGrid _grid;
    private readonly FitOptions _options;
    private readonly Lazy<double>? _innerW;

    public PenaltySchedule(FitProblem problem, FitOptions options)
    {
        _options = options;
        _grid = new PenaltyGrid(problem, options);
        if (options.WPenInner)
        {
            _innerW = new Lazy<double>(() => InnerW(problem, options.WPenGrid));
        }
    }

    /// <summary>Axis and number of penalties of an iteration after the first, which are known before anything is scored.</summary>
    /// <param name="options">The options of the fit.</param>
    /// <param name="iteration">The iteration, from 1.</param>
    public static (PenaltyAxis Varies, int Penalties) Shape(FitOptions options, int iteration)
    {
        int grid = options.Grid?.Length ?? options.GridLength;
        return IsVAxis(options, iteration) ? (PenaltyAxis.V, grid)
            : options.WPenInner ? (PenaltyAxis.None, 1)
            : (PenaltyAxis.W, grid);
    }

    /// <summary>The penalties of the next iteration.</summary>
    /// <param name="done">The iterations before it.</param>
    /// <exception cref="Errors.InvalidInputException">A given penalty of 0 leaves no largest penalty on the other axis.</exception>
    public PenaltyPath Next(IReadOnlyList<FitIteration> done)
    {
        PenaltyPath path;
        if (done.Count == 0 && ConstraintRule.HasBothPenalties(_options))
        {
            PenaltyAxis axis = _options.VPen!.Length > 1 ? PenaltyAxis.V : _options.WPen is { Length: > 1 } ? PenaltyAxis.W : PenaltyAxis.None;
            path = new PenaltyPath(_options.VPen, _options.WPen ?? [_innerW!.Value], axis);
        }
        else if (IsVAxis(_options, done.Count))
        {
            double w = done.Count > 0 ? done[^1].FittedWPen : _options.WPen?[0] ?? _grid.WPenGuess();
            path = new PenaltyPath(_grid.VPenalties(w), [w], PenaltyAxis.V);
        }
        else
        {
            double v = done.Count > 0 ? done[^1].FittedVPen : _options.VPen![0];
            path = new PenaltyPath([v], _grid.WPenalties(v), PenaltyAxis.W);
        }

        // The inner choice replaces whatever w was to be tried: nothing is left to vary on that axis.
        return _innerW is null
            ? path
            : path with { WPen = [_innerW.Value], Varies = path.Varies == PenaltyAxis.W ? PenaltyAxis.None : path.Varies };
    }

    // The search begins on the axis whose penalty was not given: v, unless only v was.
    private static bool IsVAxis(FitOptions options, int iteration) => (options.WPen is not null || options.VPen is null) == (iteration % 2 == 0);

    private static double InnerW(FitProblem problem, WPenGrid grid)
    {
        int features = problem.Data.Features;
        double[] uniform = new double[features];
        Array.Fill(uniform, 1.0 / features);
        return RidgePenalty.Choose(problem.Data, problem.ControlUnits, problem.Goals, uniform, grid, Sequential);
    }
}
