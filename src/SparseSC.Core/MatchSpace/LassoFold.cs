using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.MatchSpace;

/// <summary>One cross-validation fold of a lasso: its training problem and the error of its test rows, by moments.</summary>
internal sealed class LassoFold
{
    /// <summary>Below this share of the test rows' squares their error is summed row by row, because the moments cancel.</summary>
    private const double CancellationLimit = 1e-6;

    private readonly LassoSample _sample;
    private readonly int[] _test;
    private readonly AlignedMatrix _gram;
    private readonly AlignedMatrix _cross;
    private readonly AlignedMatrix _product;
    private readonly double _squares;

    /// <param name="sample">What the fold is of.</param>
    /// <param name="train">Moments of the training rows about the sample's centre.</param>
    /// <param name="varies">Which features differ between the training rows.</param>
    /// <param name="test">Moments of the test rows about the same centre.</param>
    /// <param name="testRows">Rows of the test units.</param>
    public LassoFold(LassoSample sample, Moments train, bool[] varies, Moments test, int[] testRows)
    {
        _sample = sample;
        _test = testRows;
        Training = new StandardisedMoments(train, varies, sample.Normalize);
        int features = train.SumX.Length;
        int targets = train.SumY.Length;
        double[] mx = Training.MeanX;
        double[] my = Training.MeanY;
        double[] scales = Training.Scales;
        _gram = new AlignedMatrix(features, features);
        _cross = new AlignedMatrix(features, targets);
        _product = new AlignedMatrix(features, targets);
        for (int i = 0; i < features; i++)
        {
            for (int j = 0; j < features; j++)
            {
                double shifted = test.XX[i, j] - (mx[i] * test.SumX[j]) - (test.SumX[i] * mx[j]) + (test.Count * mx[i] * mx[j]);
                _gram[i, j] = scales[i] * scales[j] * shifted;
            }

            for (int t = 0; t < targets; t++)
            {
                double shifted = test.XY[i, t] - (mx[i] * test.SumY[t]) - (test.SumX[i] * my[t]) + (test.Count * mx[i] * my[t]);
                _cross[i, t] = scales[i] * shifted;
            }
        }

        _squares = test.YY;
        for (int t = 0; t < targets; t++)
        {
            _squares += (test.Count * my[t] * my[t]) - (2 * my[t] * test.SumY[t]);
        }
    }

    public StandardisedMoments Training { get; }

    /// <summary>The mean over test rows and targets of the squared errors of coefficients B (K×T, on the scaled features).</summary>
    public double MeanSquaredError(AlignedMatrix coefficients)
    {
        int features = coefficients.Rows;
        Gemm.Multiply(_gram, coefficients, _product);
        double sum = _squares;
        for (int k = 0; k < features; k++)
        {
            Span<double> b = coefficients.Row(k);
            for (int t = 0; t < b.Length; t++)
            {
                sum += b[t] * (_product[k, t] - (2 * _cross[k, t]));
            }
        }

        if (!(sum > CancellationLimit * _squares))
        {
            sum = SumOfRows(coefficients);
        }

        return sum / ((double)_test.Length * coefficients.Columns);
    }

    private double SumOfRows(AlignedMatrix coefficients)
    {
        double[] error = new double[coefficients.Columns];
        double sum = 0;
        foreach (int row in _test)
        {
            for (int t = 0; t < error.Length; t++)
            {
                error[t] = _sample.Y[row, t] - _sample.CentreY[t] - Training.MeanY[t];
            }

            for (int k = 0; k < coefficients.Rows; k++)
            {
                double x = Training.Scales[k] * (_sample.X[row, k] - _sample.CentreX[k] - Training.MeanX[k]);
                Span<double> b = coefficients.Row(k);
                for (int t = 0; t < error.Length; t++)
                {
                    error[t] -= x * b[t];
                }
            }

            foreach (double e in error)
            {
                sum += e * e;
            }
        }

        return sum;
    }
}
