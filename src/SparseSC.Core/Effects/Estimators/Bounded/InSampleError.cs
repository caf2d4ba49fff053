using System.Globalization;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>How far predictions move with weights that the noise before the treatment makes as good as those found.</summary>
/// <remarks>
/// For a draw ζ of standard normal numbers, weights x with (x − w)'Q(x − w) ≤ 2 ζ'Σ^½(x − w) that keep to the bound of the estimator, eased by ρ where it binds. Source:
/// Cattaneo, Feng, Titiunik (2021), section 4.
/// </remarks>
internal sealed class InSampleError
{
    private const double LargestRho = 0.2;
    private const double Negligible = 1e6 * 2.220446049250313e-16;

    private readonly IntervalBasis _basis;
    private readonly AlignedMatrix _quadratic;
    private readonly AlignedMatrix _root;

    /// <exception cref="InvalidInputException">The weights leave nothing to take the noise from (<c>TooFewPrePeriods</c>).</exception>
    public InSampleError(IntervalBasis basis)
    {
        _basis = basis;
        double[] explained = Explained(basis);
        int periods = basis.Kept.Length;
        double freedom = DegreesOfFreedom();
        if (freedom >= periods)
        {
            throw new InvalidInputException(
                "TooFewPrePeriods",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{Inference}} {{Inference:PredictionInterval}} takes the noise from what the weights leave of {periods} periods before the treatment, and they fit as many numbers ({freedom:0.##}). Leave donors out, or give {{Estimator:Simplex}} or {{Estimator:Ridge}}."),
                "Inference");
        }

        double correction = periods / (periods - freedom);
        Means = explained;
        Variances = [.. basis.Kept.Select((residual, t) => (residual - explained[t]) * (residual - explained[t]) * correction)];
        _quadratic = Products(_ => 1.0 / periods);
        _root = Root(Products(t => Variances[t] / ((double)periods * periods)));
        Bound = EasedBound();
    }

    /// <summary>What the design explains of residuals.</summary>
    public double[] Means { get; }

    /// <summary>Ω: variances of the noise.</summary>
    public double[] Variances { get; }

    /// <summary>The eased bound of weights; <c>NaN</c> for least squares.</summary>
    public double Bound { get; }

    /// <summary>Whether no other weights are possible: every weight of a simplex counts as 0 and may only rise, while the sum stays.</summary>
    public bool IsPoint => _basis.Method == EffectMethod.Simplex && !_basis.Fit.Weights.Any(weight => weight >= _basis.Rho && weight > 0);

    /// <summary>What finds extremes, for one thread.</summary>
    public IBoundedEllipsoid Extremes()
    {
        double[] weights = _basis.Fit.Weights;
        int count = weights.Length;
        switch (_basis.Method)
        {
            case EffectMethod.LeastSquares:
                return new Ellipsoid(_quadratic, Negligible);
            case EffectMethod.Ridge:
                return new EllipsoidBall(_quadratic, weights, Bound, Negligible);
            case EffectMethod.Lasso:
                // Weights as differences of two numbers that are not negative, and what is left of the bound.
                int[] coordinates = [.. Enumerable.Range(0, (2 * count) + 1).Select(k => k == 2 * count ? -1 : k % count)];
                double[] signs = [.. coordinates.Select((_, k) => k < count ? 1.0 : -1)];
                return new EllipsoidSimplex(_quadratic, weights, coordinates, signs, Bound);
            default:
                // A weight that counts as 0 may not fall.
                double[] above = [.. weights.Select(weight => weight < _basis.Rho ? 0 : weight)];
                return new EllipsoidSimplex(_quadratic, above, [.. Enumerable.Range(0, count)], [.. above.Select(_ => 1.0)], above.Sum());
        }
    }

    /// <summary>The pull of a draw: Σ^½ ζ.</summary>
    public double[] Pull(double[] draw)
    {
        double[] pull = new double[draw.Length];
        for (int i = 0; i < pull.Length; i++)
        {
            ReadOnlySpan<double> row = _root.Row(i);
            for (int j = 0; j < draw.Length; j++)
            {
                pull[i] += row[j] * draw[j];
            }
        }

        return pull;
    }

    private static double[] Explained(IntervalBasis basis)
    {
        double[][] columns = [.. Enumerable.Range(0, basis.Design[0].Length).Select(k => basis.Design.Select(row => row[k]).ToArray())];
        ShrunkRegression regression = new(columns, basis.Kept);
        double[] rest = regression.Residual(regression.Within(double.PositiveInfinity));
        return [.. basis.Kept.Zip(rest, (residual, left) => residual - left)];
    }

    private double DegreesOfFreedom()
    {
        switch (_basis.Method)
        {
            case EffectMethod.Simplex:
                return _basis.Taken - 1;
            case EffectMethod.Lasso:
                return _basis.Taken;
            case EffectMethod.Ridge:
                double[] values = new ShrunkRegression([.. _basis.Donors.Select(row => row[.._basis.Pre])], _basis.Residuals).Values;
                return values.Sum(value => value * value / ((value * value) + _basis.Fit.Penalty));
            default:
                return _basis.Donors.Length;
        }
    }

    private double EasedBound()
    {
        double[] weights = _basis.Fit.Weights;
        double bound = _basis.Fit.Bound;
        double rho = _basis.Rho;
        double sum = weights.Sum(Math.Abs);
        double square = weights.Sum(weight => weight * weight);

        // The package compares ‖w‖² with the bound of ‖w‖, and so does who wants its digits.
        return _basis.Method switch
        {
            EffectMethod.Lasso => sum - bound > -rho ? sum + rho : bound,
            EffectMethod.Ridge => square - bound > -Math.Min(2 * Math.Sqrt(square) * rho, LargestRho) ? square + rho : bound,
            _ => bound,
        };
    }

    // B' diag(f) B over the periods kept.
    private AlignedMatrix Products(Func<int, double> factor)
    {
        double[][] donors = _basis.Donors;
        int first = _basis.Pre - _basis.Kept.Length;
        double[] factors = [.. Enumerable.Range(0, _basis.Kept.Length).Select(factor)];
        AlignedMatrix products = new(donors.Length, donors.Length);
        for (int i = 0; i < donors.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int t = 0; t < factors.Length; t++)
                {
                    sum += factors[t] * donors[i][first + t] * donors[j][first + t];
                }

                (products[i, j], products[j, i]) = (sum, sum);
            }
        }

        return products;
    }

    private static AlignedMatrix Root(AlignedMatrix symmetric)
    {
        SymmetricEigen eigen = new();
        eigen.Decompose(symmetric);
        AlignedMatrix root = new(symmetric.Rows, symmetric.Rows);
        for (int e = 0; e < symmetric.Rows; e++)
        {
            double value = Math.Sqrt(Math.Max(0, eigen.Values[e]));
            ReadOnlySpan<double> vector = eigen.Vector(e);
            for (int i = 0; i < vector.Length; i++)
            {
                for (int j = 0; j < vector.Length; j++)
                {
                    root[i, j] += value * vector[i] * vector[j];
                }
            }
        }

        return root;
    }
}
