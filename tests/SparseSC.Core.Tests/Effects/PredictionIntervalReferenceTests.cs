using System.Text.Json;
using SparseSC.Core.Effects.Estimators.Bounded;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Prediction intervals against the package scpi 4.0.1, given its draws. ECOS stops early, so that its bounds exceed the exact ones a little.</summary>
public class PredictionIntervalReferenceTests
{
    private const double Solver = 1e-3;

    // A ridge that fits exactly leaves residuals of rounding alone: there is no noise to compare, and ECOS's tolerance decides how far the ellipsoid, a point in
    // as many directions as there are periods, reaches.
    public static TheoryData<string, string> Noisy => Where((name, constraint) => name != "scpi-california" || constraint != "ridge");

    [Theory]
    [MemberData(nameof(Noisy))]
    public void Noise_and_regularisation_are_the_packages(string name, string constraint)
    {
        (ScpiCase scpi, JsonElement expected, IntervalBasis basis) = Prepare(name, constraint);
        InSampleError error = new(basis);
        Assert.Equal(Number(expected, "rho"), basis.Rho, 1e-6);
        Near(Numbers(expected, "uMean"), error.Means, 1e-5);
        Near(Numbers(expected, "omegaDiag"), error.Variances, 1e-5);
        if (constraint != "ols")
        {
            Assert.Equal(Number(expected, "QStar"), error.Bound, 1e-6);
        }

        Assert.Equal(name == "scpi-sim-factor" && constraint == "simplex", error.IsPoint);
        Assert.Equal(scpi.Pre, basis.Residuals.Length);
    }

    [Theory]
    [MemberData(nameof(Noisy))]
    public void Bounds_of_every_draw_are_inside_the_packages(string name, string constraint)
    {
        (ScpiCase scpi, JsonElement expected, IntervalBasis basis) = Prepare(name, constraint);
        double[][] theirs = ScpiCase.Rows(expected, "simulatedBounds");
        double[][] ours = new PredictionIntervals(basis).Simulate(scpi.Draws[..theirs.Length], new ParallelOptions());
        int post = basis.Synthetic.Length - basis.Pre;
        double scale = theirs.SelectMany(row => row).Max(Math.Abs);
        
        // Without a simplex around it a thin ellipsoid is where ECOS stops earliest; its extremes have a closed form.
        double solver = constraint switch { "ols" => 20 * Solver, "ridge" => 5 * Solver, _ => Solver };
        for (int i = 0; i < theirs.Length; i++)
        {
            double[] kept = [.. ours[i][..post], .. ours[i][(post + 1)..^1]];
            for (int t = 0; t < kept.Length; t++)
            {
                double tolerance = scale < 1e-6 ? 1e-6 : solver * Math.Max(Math.Abs(theirs[i][t]), 0.3 * scale);
                Assert.InRange(kept[t] - theirs[i][t], -tolerance, tolerance);
                double outside = t < post ? theirs[i][t] - kept[t] : kept[t] - theirs[i][t];
                Assert.InRange(outside, double.NegativeInfinity, 1e-6 * basis.Synthetic.Max(Math.Abs));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Noisy))]
    public void Intervals_are_the_packages(string name, string constraint)
    {
        (ScpiCase scpi, JsonElement expected, IntervalBasis basis) = Prepare(name, constraint);
        PredictionIntervals intervals = new(basis);
        double[][] simulated = intervals.Simulate(scpi.Draws, new ParallelOptions());
        int post = basis.Synthetic.Length - basis.Pre;
        (double Low, double High)[] inSample = intervals.Intervals(simulated, 0.05)[..post];
        Compare(expected, "boundsInsample", inSample);
        (double Low, double High)[] gaussian = Sum(inSample, intervals.OutOfSample(OutOfSampleMethod.Gaussian, 0.05));
        Compare(expected, "boundsSubgaussian", gaussian);
        Compare(expected, "gaussian", [.. gaussian.Select((bound, t) => (bound.Low + basis.Synthetic[basis.Pre + t], bound.High + basis.Synthetic[basis.Pre + t]))]);
        Compare(expected, "ls", Total(OutOfSampleMethod.LocationScale));
        Compare(expected, "qreg", Total(OutOfSampleMethod.Quantile));
        (double low, double high) = intervals.Joint(simulated, 0.05);
        double factor = Math.Sqrt(Math.Log(post + 1));
        (double Low, double High)[] error = [.. intervals.OutOfSample(OutOfSampleMethod.Gaussian, 0.05)[..post].Select(bound => (low + (factor * bound.Low), high + (factor * bound.High)))];
        Compare(expected, "boundsJoint", error);

        (double, double)[] Total(OutOfSampleMethod method) =>
            [.. Sum(inSample, intervals.OutOfSample(method, 0.05)).Select((bound, t) => (bound.Low + basis.Synthetic[basis.Pre + t], bound.High + basis.Synthetic[basis.Pre + t]))];
    }

    private static (double Low, double High)[] Sum((double Low, double High)[] a, (double Low, double High)[] b) =>
        [.. a.Select((bound, t) => (bound.Low + b[t].Low, bound.High + b[t].High))];

    private static void Compare(JsonElement expected, string name, (double Low, double High)[] actual)
    {
        double[][] rows = ScpiCase.Rows(expected, name);
        double width = rows.Max(row => row[1] - row[0]);
        Assert.Equal(rows.Length, actual.Length);
        for (int t = 0; t < rows.Length; t++)
        {
            double tolerance = Math.Max(1e-6, Solver * width);
            Assert.True(Math.Abs(rows[t][0] - actual[t].Low) <= tolerance && Math.Abs(rows[t][1] - actual[t].High) <= tolerance, $"{name} {t}: {rows[t][0]}, {rows[t][1]} and {actual[t]}");
        }
    }

    private static (ScpiCase Scpi, JsonElement Expected, IntervalBasis Basis) Prepare(string name, string constraint)
    {
        ScpiCase scpi = new(name);
        EffectMethod method = ScpiCase.Method(constraint);
        BoundedFit fit = BoundedFit.Of(method, [.. scpi.Donors.Select(row => row[..scpi.Pre])], scpi.Treated[..scpi.Pre]);
        return (scpi, scpi.Rival.Outputs.GetProperty(constraint), new IntervalBasis(method, fit, scpi.Donors, scpi.Treated, scpi.Pre, differences: name != "scpi-california"));
    }

    private static TheoryData<string, string> Where(Func<string, string, bool> isWanted)
    {
        TheoryData<string, string> kept = [];
        foreach (string name in new[] { "scpi-germany", "scpi-california", "scpi-sim-factor" })
        {
            foreach (string constraint in new[] { "simplex", "ridge", "lasso", "ols" })
            {
                if (isWanted(name, constraint) && (name == "scpi-germany" || constraint is "simplex" or "ridge"))
                {
                    kept.Add(name, constraint);
                }
            }
        }

        return kept;
    }
}
