using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Fitting;

/// <summary>Which penalties each iteration of the alternating search tries.</summary>
internal sealed class PenaltySchedule
{
    private static readonly ParallelOptions Sequential = new() { MaxDegreeOfParallelism = 1 };
    private readonly PenaltyGrid _grid;
    private readonly FitOptions _options;
    private readonly Lazy<double>? _innerW;
    private double? _v;
    private double? _w;

    public PenaltySchedule(FitProblem problem, FitOptions options)
    {
        _options = options;
        _grid = new PenaltyGrid(problem, options);
        _v = options.VPen?[0];
        _w = options.WPen?[0];
        if (options.WPenInner)
        {
            _innerW = new Lazy<double>(() => InnerW(problem, options.WPenGrid));
        }
    }

    /// <summary>The penalties of the next iteration.</summary>
    public PenaltyPath Next()
    {
        PenaltyPath path;
        if (JointFit.HasBothPenalties(_options))
        {
            PenaltyAxis axis = _options.VPen!.Length > 1 ? PenaltyAxis.V : _options.WPen is { Length: > 1 } ? PenaltyAxis.W : PenaltyAxis.None;
            path = new PenaltyPath(_options.VPen, _options.WPen ?? [_innerW!.Value], axis);
        }
        else if (_w is null && _v is double v)
        {
            path = new PenaltyPath([v], _grid.WPenalties(v), PenaltyAxis.W);
        }
        else
        {
            double w = _w ?? _grid.WPenGuess();
            path = new PenaltyPath(_grid.VPenalties(w), [w], PenaltyAxis.V);
        }

        // The inner choice replaces whatever w was to be tried: nothing is left to vary on that axis.
        return _innerW is null
            ? path
            : path with { WPen = [_innerW.Value], Varies = path.Varies == PenaltyAxis.W ? PenaltyAxis.None : path.Varies };
    }

    /// <summary>Fixes what was chosen on one axis and searches the other next.</summary>
    public void Chosen(bool vAxis, double v, double w)
    {
        _v = vAxis ? v : null;
        _w = vAxis ? null : w;
    }

    /// <summary>Whether the next iteration would search v.</summary>
    public bool IsVAxis => _w is not null || _v is null;

    private static double InnerW(FitProblem problem, WPenGrid grid)
    {
        int features = problem.Data.Features;
        double[] uniform = new double[features];
        Array.Fill(uniform, 1.0 / features);
        return RidgePenalty.Choose(problem.Data, problem.ControlUnits, problem.Goals, uniform, grid, Sequential);
    }
}
