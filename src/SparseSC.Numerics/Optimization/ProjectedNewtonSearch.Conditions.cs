namespace SparseSC.Numerics.Optimization;

/// <content>How far a point is from the first-order conditions.</content>
public sealed partial class ProjectedNewtonSearch
{
    /// <summary>The largest violation of the first-order conditions.</summary>
    public static double Residual(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, double multiplier)
    {
        double worst = 0;
        for (int k = 0; k < point.Length; k++)
        {
            double slope = gradient[k] - multiplier;
            worst = Math.Max(worst, point[k] > 0 ? Math.Abs(slope) : -slope);
        }

        return worst;
    }

    /// <summary>The multiplier of Σv = 1: the mean gradient under v.</summary>
    public static double Multiplier(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        double sum = 0;
        double total = 0;
        for (int k = 0; k < point.Length; k++)
        {
            sum += point[k] * gradient[k];
            total += point[k];
        }

        return sum / total;
    }

    /// <summary>How far a convex function can lie above its minimum on the simplex, by its slopes: the largest of −g'(s − v) over s.</summary>
    public static double Gap(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        double lowest = double.PositiveInfinity;
        foreach (double g in gradient)
        {
            lowest = Math.Min(lowest, g);
        }

        return Multiplier(point, gradient) - lowest;
    }

    private double Violation(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
        => _simplex ? Gap(point, gradient) : Residual(point, gradient, 0);
}
