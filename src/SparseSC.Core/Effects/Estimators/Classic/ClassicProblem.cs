using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Classic;

/// <summary>The nested problem of one unit: weights of donors for given weights of predictors, and how well outcomes are then matched.</summary>
/// <remarks>
/// w(v) minimises Σ_k v_k (x_k − Σ_j w_j x_kj)² over the simplex, with predictors divided by their standard deviation over the unit and its donors; the mean squared
/// difference of outcomes by w(v) is what v is judged by. Source: Abadie, Diamond, Hainmueller (2010), JASA 105. One thread.
/// </remarks>
internal sealed class ClassicProblem
{
    private readonly double[][] _differences;
    private readonly double[][] _outcomes;
    private readonly AlignedMatrix _points;
    private readonly SimplexLeastSquares _solver = new();

    /// <param name="predictors">K rows: the unit's predictor, then those of J donors.</param>
    /// <param name="outcomes">T rows: the unit's outcome, then those of J donors.</param>
    public ClassicProblem(double[][] predictors, double[][] outcomes)
    {
        Scale = [.. predictors.Select(Deviation)];
        _differences = [.. predictors.Select((row, k) => row[1..].Select(value => Scale[k] > 0 ? (value - row[0]) / Scale[k] : 0).ToArray())];
        _outcomes = [.. outcomes.Select(row => row[1..].Select(value => value - row[0]).ToArray())];
        _points = new AlignedMatrix(predictors.Length, _differences[0].Length);
    }

    /// <summary>Standard deviations of the predictors; one of 0 tells nothing apart, and is left out.</summary>
    public double[] Scale { get; }

    /// <summary>The number of predictors.</summary>
    public int Predictors => _differences.Length;

    /// <summary>Predictors of donors less the unit's, in standard deviations: K rows of J numbers.</summary>
    public double[][] Differences => _differences;

    /// <summary>w(v).</summary>
    public double[] Weights(double[] v)
    {
        for (int k = 0; k < v.Length; k++)
        {
            double root = Math.Sqrt(v[k]);
            double[] row = _differences[k];
            Span<double> points = _points.Row(k);
            for (int j = 0; j < row.Length; j++)
            {
                points[j] = root * row[j];
            }
        }

        return _solver.Solve(_points);
    }

    /// <summary>The mean squared difference of outcomes.</summary>
    public double Loss(double[] weights)
    {
        double sum = 0;
        foreach (double[] row in _outcomes)
        {
            double difference = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                difference += weights[j] * row[j];
            }

            sum += difference * difference;
        }

        return sum / _outcomes.Length;
    }

    /// <summary>The weights that match outcomes best, whatever the predictors.</summary>
    public double[] Bound()
    {
        AlignedMatrix points = new(_outcomes.Length, _outcomes[0].Length);
        for (int t = 0; t < _outcomes.Length; t++)
        {
            _outcomes[t].CopyTo(points.Row(t));
        }

        return new SimplexLeastSquares().Solve(points);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
