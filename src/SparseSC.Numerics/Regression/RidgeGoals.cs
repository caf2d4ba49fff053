using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>The regressions of <see cref="RidgeLeaveOneOut"/> in the basis of the donors' singular vectors.</summary>
internal sealed unsafe class RidgeGoals
{
    private readonly int _features;
    private readonly double[] _squares;
    private readonly AlignedMatrix _vectors;
    private readonly double[] _outsideBasis;
    private readonly List<Goal> _goals = [];
    private readonly AlignedMatrix _coefficients;
    private readonly AlignedMatrix _combined;

    public RidgeGoals(AlignedMatrix donors, bool donorsAreGoals, AlignedMatrix outside)
    {
        ThinSingularValues svd = new(donors);
        _features = donors.Columns;
        _squares = [.. svd.Values.Select(s => s * s)];
        _vectors = svd.VectorsTransposed;

        // With at least as many donors as features the vectors span everything; rounding must not say otherwise.
        _outsideBasis = new double[_features];
        for (int k = 0; k < _features && donors.Rows < _features; k++)
        {
            double inside = 0;
            for (int j = 0; j < _squares.Length; j++)
            {
                inside += _vectors[j, k] * _vectors[j, k];
            }

            _outsideBasis[k] = Math.Max(0, 1 - inside);
        }

        if (donorsAreGoals)
        {
            AddDonors(svd, donors.Rows);
        }

        AddOutside(donors, outside);
        _coefficients = new AlignedMatrix(2, _squares.Length);
        _combined = new AlignedMatrix(2, _features);
    }

    /// <summary>Σ of squared leave-one-out errors over all goals and rows.</summary>
    public double Error(double penalty)
    {
        double[] diagonal = Diagonal(penalty);
        double total = 0;
        foreach (Goal goal in _goals)
        {
            total += Error(goal, penalty, diagonal);
        }

        return total;
    }

    private double Error(Goal goal, double penalty, double[] diagonal)
    {
        double cross = 0;
        double slack = goal.Remainder;
        for (int j = 0; j < _squares.Length; j++)
        {
            double inverse = 1 / (_squares[j] + penalty);
            double x = goal.Own is null ? 0 : goal.Own[j];
            _coefficients[0, j] = goal.Response[j] * inverse;
            _coefficients[1, j] = x * inverse;
            cross += x * goal.Response[j] * inverse;
            slack += goal.Leverage is null ? 0 : goal.Leverage[j] * penalty * inverse;
        }

        _combined.Clear();
        RowUpdate.Add(_combined.Pointer, _combined.Stride, 2, _coefficients.Pointer, _coefficients.Stride, 1, _squares.Length, _vectors.Pointer, _vectors.Stride, _vectors.Stride);
        double stretch = goal.Own is null ? 0 : 1 / slack;
        double sum = 0;
        for (int k = 0; k < _features; k++)
        {
            double by = _combined[0, k] + (goal.Outside is null ? 0 : goal.Outside[k] / penalty);
            double bx = _combined[1, k];
            double residual = (by + (bx * cross * stretch)) / (diagonal[k] + (bx * bx * stretch));
            sum = Math.FusedMultiplyAdd(residual, residual, sum);
        }

        return sum;
    }

    /// <summary>diag((G + αI)⁻¹).</summary>
    private double[] Diagonal(double penalty)
    {
        double[] diagonal = [.. _outsideBasis.Select(x => x / penalty)];
        for (int j = 0; j < _squares.Length; j++)
        {
            double inverse = 1 / (_squares[j] + penalty);
            Span<double> v = _vectors.Row(j);
            for (int k = 0; k < _features; k++)
            {
                diagonal[k] += v[k] * v[k] * inverse;
            }
        }

        // A zero singular value with more donors than features leaves a direction that only the penalty holds.
        for (int k = 0; k < _features && _squares.Length == _features; k++)
        {
            double inside = 0;
            for (int j = 0; j < _squares.Length; j++)
            {
                inside += _squares[j] > 0 ? _vectors[j, k] * _vectors[j, k] : 0;
            }

            diagonal[k] += _squares.Contains(0) ? Math.Max(0, 1 - inside) / penalty : 0;
        }

        return diagonal;
    }

    /// <summary>x_i = Σ s_j u_ij v_j, and its response follows from the other rows' mean of u.</summary>
    private void AddDonors(ThinSingularValues svd, int donors)
    {
        int rank = svd.Values.Length;
        double[] mean = [.. Enumerable.Range(0, rank).Select(j => Sum(svd.Left.Row(j)) / donors)];
        for (int i = 0; i < donors; i++)
        {
            double[] own = new double[rank];
            double[] response = new double[rank];
            double[] leverage = new double[rank];
            double total = 0;
            for (int j = 0; j < rank; j++)
            {
                double u = svd.Left[j, i];
                own[j] = svd.Values[j] * u;
                response[j] = svd.Values[j] * (u - mean[j]) * donors / (donors - 1.0);
                leverage[j] = u * u;
                total += u * u;
            }

            _goals.Add(new Goal(response, own, leverage, donors <= _features ? 0 : Math.Max(0, 1 - total), null));
        }
    }

    private void AddOutside(AlignedMatrix donors, AlignedMatrix outside)
    {
        double[] mean = new double[_features];
        for (int i = 0; i < donors.Rows; i++)
        {
            for (int k = 0; k < _features; k++)
            {
                mean[k] += donors[i, k] / donors.Rows;
            }
        }

        for (int i = 0; i < outside.Rows; i++)
        {
            double[] rest = new double[_features];
            for (int k = 0; k < _features; k++)
            {
                rest[k] = outside[i, k] - mean[k];
            }

            double[] response = new double[_squares.Length];
            for (int j = 0; j < response.Length; j++)
            {
                Span<double> v = _vectors.Row(j);
                for (int k = 0; k < _features; k++)
                {
                    response[j] += v[k] * rest[k];
                }
            }

            for (int j = 0; j < response.Length; j++)
            {
                Span<double> v = _vectors.Row(j);
                for (int k = 0; k < _features; k++)
                {
                    rest[k] -= response[j] * v[k];
                }
            }

            bool spans = donors.Rows >= _features && !_squares.Contains(0);
            _goals.Add(new Goal(response, null, null, 0, spans ? null : rest));
        }
    }

    private static double Sum(Span<double> values)
    {
        double sum = 0;
        foreach (double x in values)
        {
            sum += x;
        }

        return sum;
    }

    /// <summary>One regression in the singular basis.</summary>
    /// <param name="Response">Coordinates of the response.</param>
    /// <param name="Own">Coordinates of the goal's own row, when it is a donor.</param>
    /// <param name="Leverage">Squared left singular coordinates, when it is a donor.</param>
    /// <param name="Remainder">1 − their sum: what 1 − h is at penalty 0.</param>
    /// <param name="Outside">The part of the response that no singular vector reaches.</param>
    private sealed record Goal(double[] Response, double[]? Own, double[]? Leverage, double Remainder, double[]? Outside);
}
