using MathNet.Numerics.Distributions;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Numerics.Optimization;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>Prediction intervals of synthetic outcomes.</summary>
/// <remarks>Source: Cattaneo, Feng, Titiunik (2021), "Prediction intervals for synthetic control methods", JASA 116(536).</remarks>
internal sealed class PredictionIntervals
{
    private readonly IntervalBasis _basis;
    private readonly InSampleError _inSample;
    private readonly double[][] _directions;

    /// <param name="basis">The fit.</param>
    public PredictionIntervals(IntervalBasis basis)
    {
        _basis = basis;
        _inSample = new InSampleError(basis);
        int post = basis.Synthetic.Length - basis.Pre;
        double[][] single = [.. Enumerable.Range(basis.Pre, post).Select(t => basis.Donors.Select(row => row[t]).ToArray())];

        // Last, the mean over the periods.
        _directions = [.. single, [.. basis.Donors.Select(row => row.AsSpan(basis.Pre).ToArray().Average())]];
    }

    /// <summary>The error of weights.</summary>
    public InSampleError InSample => _inSample;

    /// <summary>ρ: weights below it count as 0.</summary>
    public double Rho => _basis.Rho;

    /// <summary>Per draw the lowest and, behind them, the highest errors of every period and of their mean.</summary>
    public double[][] Simulate(double[][] draws, ParallelOptions parallel)
    {
        double[][] simulated = new double[draws.Length][];
        OrderedWork.Run(draws.Length, parallel, _inSample.Extremes, (i, extremes) => simulated[i] = Simulate(extremes, draws[i]));
        return simulated;
    }

    /// <summary>In-sample intervals, from the quantiles of simulated errors; those that could not be found are left out.</summary>
    public (double Low, double High)[] Intervals(double[][] simulated, double alpha)
    {
        int count = _directions.Length;
        return [.. Enumerable.Range(0, count).Select(t => (
            Quantile(simulated.Select(row => row[t]), alpha / 2), Quantile(simulated.Select(row => row[count + t]), 1 - (alpha / 2))))];
    }

    /// <summary>The in-sample interval that holds the errors of all periods at once.</summary>
    public (double Low, double High) Joint(double[][] simulated, double alpha)
    {
        int post = _directions.Length - 1;
        return (
            Quantile(simulated.Select(row => Least(row.AsSpan(0, post))), alpha / 2),
            Quantile(simulated.Select(row => -Least([.. row.Skip(post + 1).Take(post).Select(value => -value)])), 1 - (alpha / 2)));
    }

    /// <summary>Out-of-sample intervals of every period and of their mean.</summary>
    public (double Low, double High)[] OutOfSample(OutOfSampleMethod method, double alpha)
    {
        double[][] after = _basis.After;
        double[] mean = [.. Enumerable.Range(0, after[0].Length).Select(k => after.Average(row => row[k]))];
        return OutOfSampleError.Of(_basis, [.. after, mean], method, alpha);
    }

    /// <summary>Rows of standard normal numbers.</summary>
    public static double[][] Draw(int count, int donors, uint seed)
    {
        MersenneTwister random = new(seed);
        double Uniform() => ((random.NextUInt32() >> 5) * 67108864.0 + (random.NextUInt32() >> 6) + 0.5) / 9007199254740992.0;
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, donors).Select(_ => Normal.InvCDF(0, 1, Uniform())).ToArray())];
    }

    private double[] Simulate(IBoundedEllipsoid extremes, double[] draw)
    {
        int count = _directions.Length;
        double[] row = new double[2 * count];
        extremes.Pull(_inSample.Pull(draw));
        for (int t = 0; t < count; t++)
        {
            row[t] = -extremes.Largest(_directions[t]);
            row[count + t] = extremes.Largest([.. _directions[t].Select(value => -value)]);
        }

        return row;
    }

    private static double Least(ReadOnlySpan<double> values)
    {
        double least = double.NaN;
        foreach (double value in values)
        {
            least = double.IsNaN(least) || value < least ? value : least;
        }

        return least;
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return known.Length > 0 ? SampleQuantile.Of(known, share) : double.NaN;
    }
}
