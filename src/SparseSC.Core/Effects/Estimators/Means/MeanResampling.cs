using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>Estimates made anew for other units: placebos, bootstrap samples.</summary>
/// <param name="estimator">The estimator.</param>
/// <param name="panel">The units.</param>
/// <param name="fits">The fits of all units, whose penalties are taken over.</param>
/// <param name="options">How many, the seed, or the draws themselves.</param>
/// <param name="negligible">Differences of at most this size are rounding.</param>
/// <param name="parallel">Threads, and what stops the work.</param>
internal sealed class MeanResampling(
    MeanEstimator estimator, MeanPanel panel, IReadOnlyList<MeanFit> fits, EffectOptions options, double negligible, ParallelOptions parallel)
{
    private int Controls => panel.Controls.Length;

    /// <summary>Whether every control is taken once for the one treated unit.</summary>
    public bool IsExhaustive => panel.TreatedCount == 1 && options.Resampling.Draws is null;

    /// <summary>Controls as if treated, as many as are, at the same times; the treated units are left out.</summary>
    /// <param name="done">Told after each, with how many there will be.</param>
    /// <exception cref="InvalidInputException">There are no more controls than treated units.</exception>
    public MeanReplicate[] Placebos(Action<int> done)
    {
        int treated = panel.TreatedCount;
        if (Controls <= treated)
        {
            throw new InvalidInputException(
                "TooFewControls",
                $"Placebos of {treated} treated units need more controls than that, and there are {Controls}. Give {{Inference}} {{Inference:Jackknife}} or {{Inference:Bootstrap}}, or more controls.",
                "Inference");
        }

        int[][] orders = options.Resampling.Draws ?? (IsExhaustive ? EachLast() : Shuffled());
        Check(orders, Controls, isPermutation: true, Controls);
        int[] groups = [.. panel.Treated.Select(unit => unit.Group)];
        return Run(orders.Length, done, i =>
        {
            int[] donors = orders[i][..^treated];
            return panel.Groups.Select((_, g) =>
            {
                int[] standIns = [.. orders[i][^treated..].Where((_, place) => groups[place] == g)];
                return (g, donors, standIns.Select(control => panel.Controls[control]).ToArray());
            });
        });
    }

    /// <summary>Units drawn with replacement, as many as there are.</summary>
    /// <param name="done">Told after each, with how many there will be.</param>
    /// <exception cref="InvalidInputException">One unit alone is treated, whose draws could not vary.</exception>
    public MeanReplicate[] Bootstrap(Action<int> done)
    {
        IReadOnlyList<(int Row, int Group)> treated = panel.Treated;
        if (treated.Count < 2)
        {
            throw new InvalidInputException(
                "InferenceNeedsTreated",
                "{Inference} {Inference:Bootstrap} draws treated units, and there is only one. Give {Inference} {Inference:Placebo}.",
                "Inference");
        }

        int units = Controls + treated.Count;
        int[][] draws = options.Resampling.Draws is int[][] given ? Positions(given, treated) : Drawn(units);
        return Run(draws.Length, done, i =>
        {
            int[] donors = [.. draws[i].Where(unit => unit < Controls)];
            (int Row, int Group)[] drawn = [.. draws[i].Where(unit => unit >= Controls).Select(unit => treated[unit - Controls])];
            return panel.Groups
                .Select((_, g) => (g, donors, drawn.Where(unit => unit.Group == g).Select(unit => unit.Row).ToArray()))
                .Where(part => part.Item3.Length > 0);
        });
    }

    private MeanReplicate[] Run(int count, Action<int> done, Func<int, IEnumerable<(int Group, int[] Donors, int[] Treated)>> sample)
    {
        MeanReplicate[] replicates = new MeanReplicate[count];
        OrderedWork.Run(count, parallel, () => 0, (i, _) =>
        {
            List<(MeanCohort, double[])> parts = [];
            foreach ((int group, int[] donors, int[] treated) in sample(i))
            {
                MeanCohort cohort = panel.Cohort(group, [.. donors.Select(donor => panel.Controls[donor])], treated);
                parts.Add((cohort, estimator.Refit(cohort, fits[group], donors).Differences));
            }

            replicates[i] = MeanReplicate.Of(parts, negligible);
            done(count);
        });
        return replicates;
    }

    private int[][] EachLast() =>
        [.. Enumerable.Range(0, Controls).Select(last => Enumerable.Range(0, Controls).Where(unit => unit != last).Append(last).ToArray())];

    private int[][] Shuffled()
    {
        MersenneTwister random = new(options.Seed);
        return [.. Enumerable.Range(0, options.Resampling.Replications).Select(_ =>
        {
            int[] order = [.. Enumerable.Range(0, Controls)];
            random.Shuffle(order);
            return order;
        })];
    }

    private int[][] Drawn(int units)
    {
        MersenneTwister random = new(options.Seed);
        return [.. Enumerable.Range(0, options.Resampling.Replications).Select(_ =>
        {
            int[] draw = new int[units];
            do
            {
                for (int i = 0; i < units; i++)
                {
                    draw[i] = (int)random.NextInterval((uint)(units - 1));
                }
            }
            while (draw.All(unit => unit < Controls) || draw.All(unit => unit >= Controls));
            Array.Sort(draw);
            return draw;
        })];
    }

    // From rows of the data to controls first and treated units after them, sorted.
    private int[][] Positions(int[][] rows, IReadOnlyList<(int Row, int Group)> treated)
    {
        int[] order = [.. panel.Controls, .. treated.Select(unit => unit.Row)];
        Check(rows, order.Max() + 1, isPermutation: false, order.Length);
        return [.. rows.Select(draw =>
        {
            int[] positions = [.. draw.Select(row => Array.IndexOf(order, row)).Order()];
            return positions[0] < Controls && positions[^1] >= Controls
                ? positions
                : throw Malformed("a draw of units has no control, or no treated unit");
        })];
    }

    private static void Check(int[][] draws, int below, bool isPermutation, int length)
    {
        if (draws.Length < 2)
        {
            throw Malformed("at least 2 draws are needed");
        }

        foreach (int[] draw in draws)
        {
            if (draw.Length != length || draw.Any(index => index < 0 || index >= below) || (isPermutation && draw.Distinct().Count() != length))
            {
                throw Malformed(isPermutation
                    ? $"each must be a permutation of the {length} controls, counted from 0"
                    : $"each must name {length} rows of units, counted from 0");
            }
        }
    }

    private static InvalidInputException Malformed(string why) => new("ResamplesMalformed", $"{{Resamples}}: {why}.", "Resamples");
}
