namespace SparseSC.Core.Effects;

/// <summary>The interval of hypotheses a test does not reject.</summary>
internal static class TestInversion
{
    private const int GridHalf = 10;
    private const int MostDoublings = 40;
    private const int MostHalvings = 100;
    private const double Precision = 1e-7;

    /// <summary>Searches outwards from the best supported hypothesis near an estimate, then halves the last step.</summary>
    /// <param name="estimate">Where to look first.</param>
    /// <param name="scale">The size of residuals, for the first steps.</param>
    /// <param name="alpha">Hypotheses with a p-value up to this are rejected.</param>
    /// <param name="pValue">The test.</param>
    /// <returns>The ends; infinite where nothing is rejected, both at the best hypothesis when even that is rejected.</returns>
    public static (double Low, double High) Interval(double estimate, double scale, double alpha, Func<double, double> pValue)
    {
        double step = Math.Max(scale, Math.Abs(estimate) * 1e-3);
        if (!(step > 0))
        {
            step = 1;
        }

        double center = estimate;
        double best = pValue(estimate);
        for (int i = 1; i <= GridHalf && best < 1; i++)
        {
            foreach (double candidate in (ReadOnlySpan<double>)[estimate - (i * step / 4), estimate + (i * step / 4)])
            {
                double p = pValue(candidate);
                (best, center) = p > best ? (p, candidate) : (best, center);
            }
        }

        return best <= alpha ? (center, center) : (End(center, -step, alpha, pValue), End(center, step, alpha, pValue));
    }

    private static double End(double inside, double step, double alpha, Func<double, double> pValue)
    {
        double width = Math.Abs(step);
        double outside = inside + step;
        for (int doubling = 0; pValue(outside) > alpha; doubling++)
        {
            if (doubling == MostDoublings)
            {
                return double.CopySign(double.PositiveInfinity, step);
            }

            inside = outside;
            step *= 2;
            outside += step;
        }

        for (int halving = 0; halving < MostHalvings && Math.Abs(outside - inside) > Precision * width; halving++)
        {
            double middle = inside + ((outside - inside) / 2);
            (inside, outside) = pValue(middle) > alpha ? (middle, outside) : (inside, middle);
        }

        return inside;
    }
}
