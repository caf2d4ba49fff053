using SparseSC.Core.Data;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Design;

/// <summary>Simulates effects of one set of test units in one past window. An object serves one thread.</summary>
/// <remarks>
/// Source: GeoLift (Meta), which raises the outcomes of the test units in the window, fits simplex weights on the periods before for the estimate, and on
/// all periods to the window's end for the conformal test of no effect. The first weights are the same for all effects. For the second, a larger effect
/// changes products with the treated alone, and those in proportion: the search goes through the effects in ascending order, each begun where the
/// one before ended.
/// </remarks>
internal sealed class WindowSimulator(FeatureMatrix outcomes, PowerOptions options)
{
    // Below this share of the donors' squared length a residual is rounding of their products.
    private const double Negligible = 2e-14;

    private readonly SimplexQuadratic _solver = new();
    private readonly int[] _order = [.. Enumerable.Range(0, options.EffectSizes.Length).OrderBy(i => options.EffectSizes[i])];
    private readonly double[] _linear = new double[outcomes.Rows];
    private readonly double[] _base = new double[outcomes.Rows];
    private readonly double[] _slope = new double[outcomes.Rows];
    private readonly double[] _treated = new double[outcomes.Columns];
    private readonly double[] _lift = new double[outcomes.Columns];
    private readonly double[] _residuals = new double[outcomes.Columns];

    /// <summary>Simulates all effects.</summary>
    /// <param name="set">The test units.</param>
    /// <param name="pre">Periods before the window.</param>
    /// <param name="all">Periods to the window's end.</param>
    /// <param name="test">The test of residuals of <paramref name="all"/>.</param>
    /// <param name="grid">Where results go.</param>
    /// <param name="index">Their number.</param>
    public void Run(TestSet set, WindowMoments pre, WindowMoments all, ResidualTest test, SimulationGrid grid, int index)
    {
        Products(set, pre, _linear);
        _solver.Load(pre.Gram, set.Donors, isWarm: false);
        _solver.Minimise(_linear);
        double observed = 0;
        foreach (int unit in set.Units)
        {
            observed += Sum(outcomes.Row(unit)[pre.Periods..all.Periods]);
        }

        grid.Outcome(index) = observed;
        grid.Imbalance(index) = Imbalance(set, pre);
        double counterfactual = Counterfactual(set, pre, all.Periods);
        Span<SimulatedEffect> found = grid.Found(index);
        double mean = observed / set.Units.Length;
        int duration = all.Periods - pre.Periods;
        Products(set, all, _base);
        PrepareLift(set, pre.Periods, all);
        _solver.Load(all.Gram, set.Donors, isWarm: true);
        foreach (int i in _order)
        {
            double effect = options.EffectSizes[i];
            double difference = (mean * (1 + effect)) - counterfactual;
            found[i] = new SimulatedEffect(PValue(effect, all, test), difference / duration, difference / counterfactual);
        }
    }

    // Products of every unit with the mean of the test units.
    private static void Products(TestSet set, WindowMoments moments, Span<double> result)
    {
        result.Clear();
        foreach (int unit in set.Units)
        {
            ReadOnlySpan<double> row = moments.Gram.Row(unit);
            for (int j = 0; j < result.Length; j++)
            {
                result[j] += row[j] / set.Units.Length;
            }
        }
    }

    // What an effect of 1 adds to the treated series and to its products. Rows have mean zero where means are taken off, so that taking it
    // off the addition as well would not change the products.
    private void PrepareLift(TestSet set, int start, WindowMoments all)
    {
        int periods = all.Periods;
        Mean(set, all, _treated.AsSpan(0, periods));
        Array.Clear(_lift);
        foreach (int unit in set.Units)
        {
            ReadOnlySpan<double> row = outcomes.Row(unit);
            for (int t = start; t < periods; t++)
            {
                _lift[t] += row[t] / set.Units.Length;
            }
        }

        ReadOnlySpan<double> window = _lift.AsSpan(start, periods - start);
        for (int j = 0; j < _slope.Length; j++)
        {
            ReadOnlySpan<double> row = all.Rows.Row(j)[start..];
            double product = 0;
            for (int t = 0; t < window.Length; t++)
            {
                product += row[t] * window[t];
            }

            _slope[j] = product;
        }

        double mean = options.Demean ? Sum(window) / periods : 0;
        for (int t = 0; t < periods; t++)
        {
            _lift[t] -= mean;
        }
    }

    private double PValue(double effect, WindowMoments all, ResidualTest test)
    {
        for (int j = 0; j < _linear.Length; j++)
        {
            _linear[j] = _base[j] + (effect * _slope[j]);
        }

        _solver.Minimise(_linear);
        Span<double> residuals = _residuals.AsSpan(0, all.Periods);
        double squares = 0;
        for (int t = 0; t < residuals.Length; t++)
        {
            residuals[t] = _treated[t] + (effect * _lift[t]);
        }

        Subtract(all, residuals);
        foreach (double residual in residuals)
        {
            squares += residual * residual;
        }

        if (squares <= Negligible * _solver.Scale)
        {
            residuals.Clear();
        }

        return test.PValue(residuals, effect);
    }

    // Both norms are of differences between the test units and weighted donors; centring by the donors would not change them.
    private double Imbalance(TestSet set, WindowMoments pre)
    {
        Span<double> residuals = _residuals.AsSpan(0, pre.Periods);
        Mean(set, pre, residuals);
        double donors = 0;
        Span<double> equal = _treated.AsSpan(0, pre.Periods);
        equal.Clear();
        for (int j = 0; j < set.Donors.Length; j++)
        {
            if (set.Donors[j])
            {
                donors++;
                AddTo(equal, pre.Rows.Row(j), 1);
            }
        }

        for (int t = 0; t < equal.Length; t++)
        {
            equal[t] = residuals[t] - (equal[t] / donors);
        }

        Subtract(pre, residuals);
        double size = Norm(residuals);
        double plain = Norm(equal);
        return size * size <= Negligible * _solver.Scale ? 0 : size / plain;
    }

    // The sum over the window of the mean of the test units as weighted donors predict it.
    private double Counterfactual(TestSet set, WindowMoments pre, int end)
    {
        int duration = end - pre.Periods;
        double sum = 0;
        foreach (int unit in set.Units)
        {
            sum += duration * pre.Means[unit] / set.Units.Length;
        }

        foreach (int j in _solver.Members)
        {
            sum += _solver.Weights[j] * (Sum(outcomes.Row(j)[pre.Periods..end]) - (duration * pre.Means[j]));
        }

        return sum;
    }

    private void Subtract(WindowMoments moments, Span<double> residuals)
    {
        foreach (int j in _solver.Members)
        {
            AddTo(residuals, moments.Rows.Row(j), -_solver.Weights[j]);
        }
    }

    private static void Mean(TestSet set, WindowMoments moments, Span<double> result)
    {
        result.Clear();
        foreach (int unit in set.Units)
        {
            AddTo(result, moments.Rows.Row(unit), 1.0 / set.Units.Length);
        }
    }

    private static void AddTo(Span<double> sum, ReadOnlySpan<double> row, double factor)
    {
        for (int t = 0; t < sum.Length; t++)
        {
            sum[t] += factor * row[t];
        }
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double Norm(ReadOnlySpan<double> values)
    {
        double squares = 0;
        foreach (double value in values)
        {
            squares += value * value;
        }

        return Math.Sqrt(squares);
    }
}
