namespace SparseSC.Numerics.Optimization;

/// <summary>A function along a line, as a line search sees it.</summary>
internal interface ILineFunction
{
    /// <summary>The value at step <paramref name="alpha"/>.</summary>
    double Value(double alpha);

    /// <summary>The slope at step <paramref name="alpha"/>.</summary>
    double Slope(double alpha);
}

/// <summary>The result of a line search.</summary>
/// <param name="Alpha">The step, or <c>null</c> when there is none.</param>
/// <param name="Value">The value there.</param>
/// <param name="SlopeIsCurrent">Whether the last slope computed belongs to <paramref name="Alpha"/>.</param>
internal readonly record struct LineSearchResult(double? Alpha, double Value, bool SlopeIsCurrent);

/// <summary>Finds a step that satisfies the strong Wolfe conditions.</summary>
/// <remarks>
/// Source: Nocedal and Wright, "Numerical Optimization", 2nd ed., algorithms 3.5 and 3.6, with the bracketing and interpolation
/// safeguards of scipy 1.10, which decide the sequence of evaluations the reference makes.
/// </remarks>
internal static class StrongWolfeLineSearch
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MaxBracketings = 10;
    private const int MaxZooms = 10;
    private const double CubicMargin = 0.2;
    private const double QuadraticMargin = 0.1;

    public static LineSearchResult Search<TLine>(ref TLine line, double value0, double? previousValue, double slope0)
        where TLine : struct, ILineFunction
    {
        double lowAlpha = 0;
        double alpha = FirstStep(value0, previousValue, slope0);
        double lowValue = value0;
        double lowSlope = slope0;
        double value = line.Value(alpha);
        for (int i = 0; i < MaxBracketings; i++)
        {
            if (alpha == 0)
            {
                return new LineSearchResult(null, value0, false);
            }

            if (value > value0 + (SufficientDecrease * alpha * slope0) || (value >= lowValue && i > 0))
            {
                return Zoom(ref line, lowAlpha, alpha, lowValue, value, lowSlope, value0, slope0);
            }

            double slope = line.Slope(alpha);
            if (Math.Abs(slope) <= -Curvature * slope0)
            {
                return new LineSearchResult(alpha, value, true);
            }

            if (slope >= 0)
            {
                return Zoom(ref line, alpha, lowAlpha, value, lowValue, slope, value0, slope0);
            }

            lowAlpha = alpha;
            lowValue = value;
            lowSlope = slope;
            alpha *= 2;
            value = line.Value(alpha);
        }

        return new LineSearchResult(alpha, value, false);
    }

    private static double FirstStep(double value0, double? previousValue, double slope0)
    {
        if (previousValue is not double previous || slope0 == 0)
        {
            return 1;
        }

        double alpha = Math.Min(1.0, 1.01 * 2 * (value0 - previous) / slope0);
        return alpha < 0 ? 1 : alpha;
    }

    private static LineSearchResult Zoom<TLine>(
        ref TLine line, double low, double high, double lowValue, double highValue, double lowSlope, double value0, double slope0)
        where TLine : struct, ILineFunction
    {
        double recentValue = value0;
        double recent = 0;
        for (int i = 0; i <= MaxZooms; i++)
        {
            double span = high - low;
            double left = span < 0 ? high : low;
            double right = span < 0 ? low : high;
            double? trial = null;
            double margin = CubicMargin * span;
            if (i > 0)
            {
                trial = CubicMinimum(low, lowValue, lowSlope, high, highValue, recent, recentValue);
            }

            if (trial is not double cubic || cubic > right - margin || cubic < left + margin)
            {
                margin = QuadraticMargin * span;
                trial = QuadraticMinimum(low, lowValue, lowSlope, high, highValue);
                if (trial is not double quadratic || quadratic > right - margin || quadratic < left + margin)
                {
                    trial = low + (0.5 * span);
                }
            }

            double alpha = trial.Value;
            double value = line.Value(alpha);
            if (value > value0 + (SufficientDecrease * alpha * slope0) || value >= lowValue)
            {
                recentValue = highValue;
                recent = high;
                high = alpha;
                highValue = value;
                continue;
            }

            double slope = line.Slope(alpha);
            if (Math.Abs(slope) <= -Curvature * slope0)
            {
                return new LineSearchResult(alpha, value, true);
            }

            if (slope * (high - low) >= 0)
            {
                recentValue = highValue;
                recent = high;
                high = low;
                highValue = lowValue;
            }
            else
            {
                recentValue = lowValue;
                recent = low;
            }

            low = alpha;
            lowValue = value;
            lowSlope = slope;
        }

        return new LineSearchResult(null, double.NaN, false);
    }

    /// <summary>Minimum of the cubic through (a, fa) with slope ga, (b, fb) and (c, fc).</summary>
    private static double? CubicMinimum(double a, double fa, double ga, double b, double fb, double c, double fc)
    {
        double db = b - a;
        double dc = c - a;
        double scale = db * dc * (db * dc) * (db - dc);
        double rb = fb - fa - (ga * db);
        double rc = fc - fa - (ga * dc);
        double cubic = ((dc * dc * rb) - (db * db * rc)) / scale;
        double quadratic = ((-dc * dc * dc * rb) + (db * db * db * rc)) / scale;
        double minimum = a + ((-quadratic + Math.Sqrt((quadratic * quadratic) - (3 * cubic * ga))) / (3 * cubic));
        return double.IsFinite(minimum) ? minimum : null;
    }

    /// <summary>Minimum of the parabola through (a, fa) with slope ga and (b, fb).</summary>
    private static double? QuadraticMinimum(double a, double fa, double ga, double b, double fb)
    {
        double db = b - a;
        double curvature = (fb - fa - (ga * db)) / (db * db);
        double minimum = a - (ga / (2.0 * curvature));
        return double.IsFinite(minimum) ? minimum : null;
    }
}
