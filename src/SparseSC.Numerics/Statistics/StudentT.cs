namespace SparseSC.Numerics.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    private const int MostTerms = 10_000;

    /// <summary>The probability of a value at least as far from 0 as <paramref name="t"/>.</summary>
    /// <param name="t">A number; the sign does not matter.</param>
    /// <param name="degreesOfFreedom">More than 0.</param>
    /// <remarks>I_x(ν/2, 1/2) at x = ν/(ν + t²); NIST Digital Library of Mathematical Functions, 8.17.</remarks>
    public static double TwoSidedP(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        if (double.IsInfinity(t))
        {
            return 0;
        }

        double square = t * t;
        double x = degreesOfFreedom / (degreesOfFreedom + square);
        double a = degreesOfFreedom / 2;

        // The fraction converges fast on one side of the mean only; the other side is the complement.
        return x < (a + 1) / (a + 2.5)
            ? IncompleteBeta(x, a, 0.5)
            : 1 - IncompleteBeta(square / (degreesOfFreedom + square), 0.5, a);
    }

    // DLMF 8.17.22 by the modified Lentz method.
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0)
        {
            return 0;
        }

        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))) / a;
        double c = 1;
        double d = 1 / (1 - ((a + b) * x / (a + 1)));
        double fraction = d;
        for (int m = 1; m < MostTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / (1 + (even * d));
            c = 1 + (even / c);
            fraction *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / (1 + (odd * d));
            c = 1 + (odd / c);
            fraction *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-16)
            {
                break;
            }
        }

        return front * fraction;
    }

    // Stirling's series (DLMF 5.11.1), shifted to where eight terms reach full precision.
    private static double LogGamma(double x)
    {
        double shift = 0;
        while (x < 15)
        {
            shift -= Math.Log(x);
            x++;
        }

        double square = 1 / (x * x);
        double series = 1.0 / 156;
        foreach (double coefficient in (ReadOnlySpan<double>)[-691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12])
        {
            series = (series * square) + coefficient;
        }

        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (series / x) + shift;
    }
}
