using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>Weights w that minimise ‖a − B w‖² under a bound on their size.</summary>
/// <param name="Weights">J weights.</param>
/// <param name="Bound">Of the ridge the largest ‖w‖₂, of the lasso the largest ‖w‖₁, of simplex weights their sum; <c>NaN</c> for least squares.</param>
/// <param name="Penalty">The ridge penalty that the bound stands for; <c>NaN</c> elsewhere.</param>
/// <param name="IsDetermined">Whether least squares have one solution; always so for the others.</param>
internal sealed record BoundedFit(double[] Weights, double Bound, double Penalty, bool IsDetermined)
{
    /// <summary>Fits.</summary>
    /// <param name="method">Which bound.</param>
    /// <param name="donors">B': J rows of T0 outcomes.</param>
    /// <param name="target">a: T0 outcomes.</param>
    public static BoundedFit Of(EffectMethod method, double[][] donors, double[] target) => method switch
    {
        EffectMethod.Simplex => new(Nearest(donors, target, signs: [1], hasOrigin: false), 1, double.NaN, true),
        EffectMethod.Lasso => new(Nearest(donors, target, signs: [1, -1], hasOrigin: true), 1, double.NaN, true),
        EffectMethod.Ridge => Ridge(donors, target),
        EffectMethod.LeastSquares => LeastSquares(donors, target),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };

    /// <summary>A ridge of a given size.</summary>
    /// <param name="bound">The largest ‖w‖₂.</param>
    /// <param name="donors">B': J rows of T0 outcomes.</param>
    /// <param name="target">a: T0 outcomes.</param>
    public static BoundedFit Within(double bound, double[][] donors, double[] target) =>
        new(new ShrunkRegression(donors, target).Within(bound), bound, double.NaN, true);

    /// <summary>This fit.</summary>
    /// <param name="donors">How many donors it has.</param>
    /// <param name="periods">How many outcomes it is fitted to.</param>
    /// <exception cref="InvalidInputException">Its weights are not determined (<c>LeastSquaresUndetermined</c>).</exception>
    public BoundedFit Determined(int donors, int periods) => IsDetermined
        ? this
        : throw new InvalidInputException(
            "LeastSquaresUndetermined",
            $"{{Estimator}} {{Estimator:LeastSquares}} regresses {Counted.Of(periods, "outcome")} before the treatment on {Counted.Of(donors, "donor")}, which do not determine its weights. "
                + "Leave donors out, or give {Estimator} {Estimator:Ridge} or {Estimator:Lasso}.",
            "Estimator");

    // The points within a bound on ‖w‖₁ are the hull of every donor, its mirror image and the origin, so that weights of a hull are all there is to find.
    private static double[] Nearest(double[][] donors, double[] target, double[] signs, bool hasOrigin)
    {
        int count = donors.Length * signs.Length;
        AlignedMatrix points = new(target.Length, count + (hasOrigin ? 1 : 0));
        for (int t = 0; t < target.Length; t++)
        {
            for (int j = 0; j < points.Columns; j++)
            {
                points[t, j] = (j < count ? signs[j / donors.Length] * donors[j % donors.Length][t] : 0) - target[t];
            }
        }

        double[] hull = new SimplexLeastSquares().Solve(points);
        return [.. donors.Select((_, j) => signs.Select((sign, s) => sign * hull[(s * donors.Length) + j]).Sum())];
    }

    private static BoundedFit Ridge(double[][] donors, double[] target)
    {
        RidgeBound bound = RidgeBound.Of(donors, target);
        return new(new ShrunkRegression(donors, target).Within(bound.Size), bound.Size, bound.Penalty, true);
    }

    private static BoundedFit LeastSquares(double[][] donors, double[] target)
    {
        ShrunkRegression regression = new(donors, target);
        return new(regression.Within(double.PositiveInfinity), double.NaN, double.NaN, regression.Rank == donors.Length);
    }
}
