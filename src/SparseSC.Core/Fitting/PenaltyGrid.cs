using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Objectives;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>Penalties to try: one list and one fixed value, or two fixed values.</summary>
/// <param name="VPen">v penalties.</param>
/// <param name="WPen">w penalties.</param>
/// <param name="Varies">Which of them is a list to choose from.</param>
internal sealed record PenaltyPath(double[] VPen, double[] WPen, PenaltyAxis Varies)
{
    /// <summary>Number of penalties tried.</summary>
    public int Count => Math.Max(VPen.Length, WPen.Length);

    public double V(int index) => Varies == PenaltyAxis.V ? VPen[index] : VPen[0];

    public double W(int index) => Varies == PenaltyAxis.W ? WPen[index] : WPen[0];

    /// <summary>The same path with some of its penalties.</summary>
    public PenaltyPath Only(int[] indices) => new(
        Varies == PenaltyAxis.V ? [.. indices.Select(index => VPen[index])] : VPen,
        Varies == PenaltyAxis.W ? [.. indices.Select(index => WPen[index])] : WPen,
        Varies);
}

/// <summary>Which penalty varies.</summary>
internal enum PenaltyAxis
{
    None,
    V,
    W,
}

/// <summary>Guesses, maxima and grids of penalties, on the control rows (all rows for a full model).</summary>
internal sealed class PenaltyGrid
{
    private readonly FitProblem _problem;
    private readonly double[] _multiples;
    private SearchProblem? _controls;

    public PenaltyGrid(FitProblem problem, FitOptions options)
    {
        _problem = problem;
        _multiples = options.Grid ?? Geometric(options.GridMin, options.GridMax, options.GridLength);
    }

    /// <summary>exp(linspace(log min, log max, length)).</summary>
    public static double[] Geometric(double minimum, double maximum, int length)
    {
        double first = Math.Log(minimum);
        double last = Math.Log(maximum);
        double step = length > 1 ? (last - first) / (length - 1) : 0;
        double[] grid = new double[length];
        for (int i = 0; i < length; i++)
        {
            grid[i] = Math.Exp(i == length - 1 && length > 1 ? last : first + (i * step));
        }

        return grid;
    }

    /// <summary>The mean over features of their variance over the control rows.</summary>
    /// <exception cref="InvalidInputException">No feature varies.</exception>
    public double WPenGuess()
    {
        UnitData data = _problem.Data;
        (double[] mean, _) = data.Means(_problem.ControlUnits);
        double total = 0;
        for (int k = 0; k < mean.Length; k++)
        {
            double sum = 0;
            foreach (int row in _problem.ControlUnits)
            {
                double offset = data.X[row, k] - mean[k];
                sum += offset * offset;
            }

            total += sum / _problem.ControlUnits.Length;
        }

        double guess = total / mean.Length;
        return guess > 0
            ? guess
            : throw new InvalidInputException("FeaturesConstant", "Every feature is the same for all control units, so there is nothing to match on. Give {Features} that vary.", "Features");
    }

    /// <summary>The smallest v penalty at which no feature is matched, for a given w; 1 when no feature ever is.</summary>
    public double VPenMaximum(double w)
    {
        double[] gradient = new double[_problem.Data.Features];
        Controls().Objective(w, 0).Gradient(new double[gradient.Length], gradient);
        double lowest = gradient.Min();
        return lowest < 0 ? -lowest : 1;
    }

    /// <summary>The grid of v penalties for a given w.</summary>
    public double[] VPenalties(double w)
    {
        double maximum = VPenMaximum(w);
        return [.. _multiples.Select(g => g * maximum)];
    }

    /// <summary>The grid of w penalties for a given v penalty: the maximum scales as 1/w.</summary>
    public double[] WPenalties(double v)
    {
        if (v == 0)
        {
            throw new InvalidInputException("VPenZero", "{VPen} 0 has no largest {WPen}: features are matched at any. Give {WPen}, or a positive {VPen}.", "VPen");
        }

        double maximum = VPenMaximum(1) / v;
        return [.. _multiples.Select(g => g * maximum)];
    }

    private SearchProblem Controls()
    {
        if (_controls is null)
        {
            int[][]? tests = _problem.GradientFolds.ControlTestFolds();
            int[] rows = _problem.ControlUnits;
            _controls = tests is null
                ? new SearchProblem(null, new LeaveOneOutData(_problem.Data, rows))
                : new SearchProblem(FoldObjectiveData.KFold(_problem.Data, rows, tests), null);
        }

        return _controls;
    }
}
