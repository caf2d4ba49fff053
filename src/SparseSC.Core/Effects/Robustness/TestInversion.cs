using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>The hypotheses that a test does not reject.</summary>
/// <remarks>
/// The test is made anew at each hypothesis, and its p-value need neither rise nor fall steadily away from the estimate: the hypotheses
/// not rejected may have gaps. They are looked for on a grid, close around the estimate and wider further out, as far as any can be, and each end
/// is then halved down to. 0 is on the grid, so that a hypothesis of no effect outside all of them is a rejected one.
/// </remarks>
internal static class TestInversion
{
    private const int Near = 24;
    private const int PerStep = 8;
    private const double Growth = 1.35;
    private const int MostHalvings = 100;
    private const double Precision = 1e-7;

    /// <summary>Searches outwards from an estimate.</summary>
    /// <param name="estimate">Where to look first.</param>
    /// <param name="scale">The size of residuals, for the first steps.</param>
    /// <param name="reach">Beyond this distance from 0 the test decides as it does there.</param>
    /// <param name="alpha">Hypotheses with a p-value up to this are rejected.</param>
    /// <param name="pValue">The test.</param>
    /// <returns>Disjoint intervals in ascending order, with infinite ends where nothing is rejected far out; none when all is rejected.</returns>
    public static EffectInterval[] Accepted(double estimate, double scale, double reach, double alpha, Func<double, double> pValue)
    {
        double step = Math.Max(scale, Math.Abs(estimate) * 1e-3);
        step = step > 0 ? step : 1;
        double far = Math.Max(reach, Math.Abs(estimate) + (4 * step));
        double[] grid = Grid(estimate, step, far);
        bool[] accepted = [.. grid.Select(hypothesis => pValue(hypothesis) > alpha)];
        List<EffectInterval> found = [];
        for (int i = 0; i < grid.Length; i++)
        {
            if (!accepted[i])
            {
                continue;
            }

            double low = i == 0 ? double.NegativeInfinity : End(grid[i], grid[i - 1], step, alpha, pValue);
            while (i + 1 < grid.Length && accepted[i + 1])
            {
                i++;
            }

            double high = i + 1 == grid.Length ? double.PositiveInfinity : End(grid[i], grid[i + 1], step, alpha, pValue);
            found.Add(new EffectInterval { Low = low, High = high });
        }

        return [.. found];
    }

    /// <summary>An estimate with the p-value of no effect and the outermost ends of what is not rejected.</summary>
    /// <inheritdoc cref="Accepted"/>
    public static EffectValue Judge(double estimate, double scale, double reach, double alpha, Func<double, double> pValue)
    {
        // Where every effect is rejected there is nothing but the estimate to name.
        EffectInterval[] accepted = Accepted(estimate, scale, reach, alpha, pValue);
        return new EffectValue
        {
            Effect = estimate,
            PValue = pValue(0),
            CiLow = accepted.Length > 0 ? accepted[0].Low : estimate,
            CiHigh = accepted.Length > 0 ? accepted[^1].High : estimate,
            Intervals = accepted,
        };
    }

    private static double[] Grid(double estimate, double step, double far)
    {
        SortedSet<double> grid = [0, estimate, -far, far];
        for (int i = 1; i <= Near; i++)
        {
            grid.Add(estimate - (i * step / PerStep));
            grid.Add(estimate + (i * step / PerStep));
        }

        for (double distance = Growth * Near * step / PerStep; distance < far + Math.Abs(estimate); distance *= Growth)
        {
            grid.Add(Math.Max(-far, estimate - distance));
            grid.Add(Math.Min(far, estimate + distance));
        }

        return [.. grid.Where(hypothesis => Math.Abs(hypothesis) <= far)];
    }

    private static double End(double inside, double outside, double width, double alpha, Func<double, double> pValue)
    {
        for (int halving = 0; halving < MostHalvings && Math.Abs(outside - inside) > Precision * width; halving++)
        {
            double middle = inside + ((outside - inside) / 2);
            (inside, outside) = pValue(middle) > alpha ? (middle, outside) : (inside, middle);
        }

        return inside;
    }
}
