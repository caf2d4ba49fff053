using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>The interval of a test by effects on a grid, as the R package augsynth makes it, for comparison.</summary>
/// <remarks>
/// The grid has equally spaced effects within two root mean squares of all effects around the estimate, and 0. Those with p ≥ α are kept, so that an effect whose
/// p-value is α belongs to the interval here and not to that of <see cref="TestInversion"/>. Ends are effects of the grid: they may be clipped at it, or stretched to 0.
/// </remarks>
internal static class NullGrid
{
    private const double Width = 2;

    /// <summary>Judges an estimate.</summary>
    /// <param name="count">Effects tried beside 0.</param>
    /// <param name="estimate">The centre of the grid.</param>
    /// <param name="effects">The effects of all periods, whose size says how wide it is.</param>
    /// <param name="alpha">Effects with at least this p-value are kept.</param>
    /// <param name="pValue">The test.</param>
    public static EffectValue Judge(int count, double estimate, IReadOnlyCollection<double> effects, double alpha, Func<double, double> pValue)
    {
        double half = Width * Math.Sqrt(effects.Average(effect => effect * effect));
        IEnumerable<double> grid = Enumerable.Range(0, count).Select(i => estimate - half + (2 * half * i / (count - 1)));
        double none = pValue(0);
        double[] kept = [.. grid.Where(effect => pValue(effect) >= Least(alpha)).Concat(none >= Least(alpha) ? [0.0] : [])];
        return new EffectValue
        {
            Effect = estimate,
            PValue = none,
            CiLow = kept.Length > 0 ? kept.Min() : estimate,
            CiHigh = kept.Length > 0 ? kept.Max() : estimate,
        };
    }

    /// <exception cref="InvalidInputException">A grid of fewer than 2 effects (<c>OptionOutOfRange</c>).</exception>
    public static void Check(int? count)
    {
        if (count < 2)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{NullGrid}} {count} must be at least 2.", "NullGrid");
        }
    }

    // A level such as 0.95 leaves an α that is not quite the share it stands for.
    private static double Least(double alpha) => alpha * (1 - 1e-9);
}
