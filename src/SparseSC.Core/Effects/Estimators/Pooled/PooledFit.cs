using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Pooled;

/// <summary>Partially pooled synthetic controls: weights of all targets at once.</summary>
/// <remarks>
/// They minimise ν ‖(1/J) Σ d_j‖²/(P n) + (1 − ν)/(S J) Σ ‖d_j‖²/L_j, where d_j is what target j lacks before its treatment, n the periods matched, and P and S
/// the two parts at ν = 0. Source: Ben-Michael, Feller, Rothstein (2022), "Synthetic controls with staggered adoption", JRSS B 84(2).
/// </remarks>
internal sealed class PooledFit
{
    // Imbalances of this share of those of equal weights are rounding.
    private const double Vanishing = 1e-12;

    private PooledFit(PooledTarget[] targets, double[][] weights, double nu, int lags, int longest)
    {
        Targets = targets;
        Weights = weights;
        Nu = nu;
        double[][] rests = [.. targets.Select((target, j) => target.Imbalance(weights[j]))];
        double[][] plain = [.. targets.Select(target => target.PlainImbalance())];
        (Global, PlainGlobal) = (Mean(rests, lags) / Math.Sqrt(longest), Mean(plain, lags) / Math.Sqrt(longest));
        (Individual, PlainIndividual) = (Separate(rests), Separate(plain));
        Differences = [.. targets.SelectMany((target, j) => target.Units.Select(unit => (target, unit, target.Differences(unit, weights[j]))))];
    }

    /// <summary>The targets.</summary>
    public PooledTarget[] Targets { get; }

    /// <summary>Per target the weights of its donors, with a sum of its units.</summary>
    public double[][] Weights { get; }

    /// <summary>ν.</summary>
    public double Nu { get; }

    /// <summary>The root mean square of the mean imbalance.</summary>
    public double Global { get; }

    /// <summary>The same for equal weights.</summary>
    public double PlainGlobal { get; }

    /// <summary>The root mean square of the targets' imbalances.</summary>
    public double Individual { get; }

    /// <summary>The same for equal weights.</summary>
    public double PlainIndividual { get; }

    /// <summary>Per treated unit its target, row and differences up to the last lead.</summary>
    public IReadOnlyList<(PooledTarget Target, int Unit, double[] Values)> Differences { get; }

    /// <summary>Fits a sample; <c>null</c> where nobody is treated, or a target has no donor.</summary>
    public static PooledFit? Of(PooledSample sample, PooledSettings settings)
    {
        int[] treated = [.. Enumerable.Range(0, sample.Periods.Length).Where(row => sample.Periods[row] is not null)];
        settings = settings with { Lags = Math.Min(settings.Lags, sample.Longest) };
        PooledTarget[] targets =
        [
            .. treated.GroupBy(row => settings.ByCohort ? -1 - sample.Periods[row]!.Value : row)
                .Select(group => new PooledTarget(sample, settings, [.. group])),
        ];
        return targets.Length == 0 || targets.Any(target => target.Donors.Length == 0) ? null : Of(targets, settings, sample.Longest);
    }

    private static PooledFit Of(PooledTarget[] targets, PooledSettings settings, int longest)
    {
        double[][] weights = [.. targets.Select(target => Solve([target], 0, [1], null)[0])];
        double[][] rests = [.. targets.Select((target, j) => target.Imbalance(weights[j]))];
        double mean = Mean(rests, settings.Lags);
        double sizes = rests.Average(rest => Math.Sqrt(rest.Sum(x => x * x)));
        PooledFit separate = new(targets, weights, 0, settings.Lags, longest);
        bool isPerfect = separate.Global <= Vanishing * separate.PlainIndividual || separate.Individual <= Vanishing * separate.PlainIndividual;
        double nu = settings.Nu ?? (isPerfect ? 0 : mean / sizes);
        if (nu == 0 || isPerfect || targets.Length == 1)
        {
            return new PooledFit(targets, weights, nu, settings.Lags, longest);
        }

        double ofPooled = nu / (separate.Global * separate.Global * settings.Lags * targets.Length * targets.Length);
        double ofSeparate = (1 - nu) / (separate.Individual * separate.Individual * targets.Length);
        weights = Solve(targets, ofPooled, [.. targets.Select(target => ofSeparate / target.Lags)], [.. weights.SelectMany(part => part)]);
        return new PooledFit(targets, weights, nu, settings.Lags, longest);
    }

    private static double[][] Solve(PooledTarget[] targets, double pooled, double[] separate, double[]? start)
    {
        PooledObjective objective = new(targets, pooled, separate);
        double[] solved = new SimplexBlocks(objective, objective.Blocks, [.. targets.Select(target => (double)target.Units.Length)]).Solve(start);
        return [.. targets.Select((_, j) => objective.Of(solved, j).ToArray())];
    }

    // ‖(1/J) Σ d_j‖, each counted back from its treatment.
    private static double Mean(double[][] rests, int lags)
    {
        double[] sum = new double[lags];
        foreach (double[] rest in rests)
        {
            for (int t = 1; t <= rest.Length; t++)
            {
                sum[^t] += rest[^t] / rests.Length;
            }
        }

        return Math.Sqrt(sum.Sum(x => x * x));
    }

    private static double Separate(double[][] rests) => Math.Sqrt(rests.Average(rest => rest.Sum(x => x * x) / rest.Length));
}
