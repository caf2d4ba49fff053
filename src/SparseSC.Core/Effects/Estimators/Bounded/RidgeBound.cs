using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>How large ridge weights may be: as large as a rule of thumb for the ridge penalty would leave the weights of least squares.</summary>
/// <remarks>
/// λ = s² p/‖b‖² and Q = ‖b‖/(1 + λ), at least ½, of least squares on all donors, or on those that the lasso takes where there are few periods. Source: Hoerl,
/// Kennard, Baldwin (1975); Cattaneo, Feng, Palomba, Titiunik (2025), "scpi: Uncertainty quantification for synthetic control methods", JSS 113.
/// </remarks>
/// <param name="Size">Q.</param>
/// <param name="Penalty">λ.</param>
internal readonly record struct RidgeBound(double Size, double Penalty)
{
    private const double Smallest = 0.5;
    private const double Zero = 1e-8;
    private const int Spare = 10;

    /// <summary>The bound for a unit.</summary>
    /// <param name="donors">J rows of T0 outcomes.</param>
    /// <param name="target">T0 outcomes.</param>
    public static RidgeBound Of(double[][] donors, double[] target)
    {
        int periods = target.Length;
        double[][] taken = periods > donors.Length + Spare ? donors : Selected(donors, target);
        ShrunkRegression regression = new(taken, target);
        double[] weights = regression.Within(double.PositiveInfinity);
        double squares = weights.Sum(weight => weight * weight);
        double variance = regression.Residual(weights).Sum(error => error * error) / (periods - taken.Length);
        double penalty = variance * taken.Length / squares;
        double size = Math.Sqrt(squares) / (1 + penalty);
        return new(size > Smallest ? size : Smallest, penalty);
    }

    private static double[][] Selected(double[][] donors, double[] target)
    {
        double[] weights = BoundedFit.Of(EffectMethod.Lasso, donors, target).Weights;
        int most = Math.Max(target.Length - Spare, 2);
        return [.. Enumerable.Range(0, donors.Length)
            .Where(j => Math.Abs(weights[j]) > Zero)
            .OrderByDescending(j => Math.Abs(weights[j]))
            .Take(most)
            .Order()
            .Select(j => donors[j])];
    }
}
