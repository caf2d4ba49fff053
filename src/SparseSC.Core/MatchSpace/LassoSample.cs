using SparseSC.Core.Data;
using SparseSC.Core.Threading;
using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.MatchSpace;

/// <summary>The rows a lasso runs on, reduced to moments: those of all rows, and of contiguous folds when it is cross-validated.</summary>
internal sealed class LassoSample
{
    private readonly int[][] _tests;
    private readonly Moments[] _parts;
    private readonly (double[] Lowest, double[] Highest)[] _ranges;

    /// <param name="data">Features X and targets Y of all units.</param>
    /// <param name="rows">The rows used, in the order in which folds are cut.</param>
    /// <param name="folds">Number of folds; 1 for none.</param>
    /// <param name="normalize">Whether features are divided by their norm.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public LassoSample(UnitData data, int[] rows, int folds, bool normalize, ParallelOptions parallel)
    {
        X = data.X;
        Y = data.Y;
        Normalize = normalize;
        (CentreX, CentreY) = data.Means(rows);
        _tests = new int[folds][];
        _parts = new Moments[folds];
        _ranges = new (double[], double[])[folds];
        int start = 0;
        for (int f = 0; f < folds; f++)
        {
            int size = (rows.Length / folds) + (f < rows.Length % folds ? 1 : 0);
            _tests[f] = rows[start..(start + size)];
            start += size;
        }

        OrderedWork.Run(folds, parallel, () => 0, (f, _) =>
        {
            _parts[f] = Moments.Of(data, _tests[f], CentreX, CentreY);
            _ranges[f] = Range(data.X, _tests[f]);
        });
        Moments all = _parts[0].Clone();
        for (int f = 1; f < folds; f++)
        {
            all.Add(_parts[f]);
        }

        Whole = new StandardisedMoments(all, Varies(-1), normalize);
    }

    public AlignedMatrix X { get; }

    public AlignedMatrix Y { get; }

    public bool Normalize { get; }

    public double[] CentreX { get; }

    public double[] CentreY { get; }

    /// <summary>The lasso of all rows.</summary>
    public StandardisedMoments Whole { get; }

    public int Folds => _tests.Length;

    /// <summary>Rows of the test units of a fold.</summary>
    public int[] Test(int fold) => _tests[fold];

    /// <summary>One fold; training moments are added up from the other folds, so that nothing cancels.</summary>
    public LassoFold Fold(int fold)
    {
        Moments train = new(CentreX.Length, CentreY.Length);
        for (int f = 0; f < _parts.Length; f++)
        {
            if (f != fold)
            {
                train.Add(_parts[f]);
            }
        }

        return new LassoFold(this, train, Varies(fold), _parts[fold], _tests[fold]);
    }

    /// <summary>Whether each feature differs between the rows outside a fold. Moments cannot say: rounding leaves them a little above 0.</summary>
    private bool[] Varies(int without)
    {
        bool[] varies = new bool[CentreX.Length];
        for (int k = 0; k < varies.Length; k++)
        {
            double lowest = double.PositiveInfinity;
            double highest = double.NegativeInfinity;
            for (int f = 0; f < _ranges.Length; f++)
            {
                if (f != without)
                {
                    lowest = Math.Min(lowest, _ranges[f].Lowest[k]);
                    highest = Math.Max(highest, _ranges[f].Highest[k]);
                }
            }

            varies[k] = lowest < highest;
        }

        return varies;
    }

    private static (double[] Lowest, double[] Highest) Range(AlignedMatrix x, int[] rows)
    {
        double[] lowest = [.. Enumerable.Repeat(double.PositiveInfinity, x.Columns)];
        double[] highest = [.. Enumerable.Repeat(double.NegativeInfinity, x.Columns)];
        foreach (int row in rows)
        {
            Span<double> values = x.Row(row);
            for (int k = 0; k < values.Length; k++)
            {
                lowest[k] = Math.Min(lowest[k], values[k]);
                highest[k] = Math.Max(highest[k], values[k]);
            }
        }

        return (lowest, highest);
    }
}
