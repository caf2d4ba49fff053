using SparseSC.Core.Errors;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Effects.Backtests;

/// <summary>The backtests that a panel has, and those of them that are made.</summary>
internal static class BacktestCases
{
    /// <summary>The backtests of all kinds asked for.</summary>
    /// <param name="data">The panel.</param>
    /// <param name="options">Which kinds, over which windows, how many.</param>
    /// <param name="warnings">Told of what is left out.</param>
    /// <exception cref="InvalidInputException">There are none (<c>NoBacktest</c>), or nobody is treated.</exception>
    public static BacktestCase[] Create(EffectData data, ComparisonOptions options, List<string> warnings)
    {
        if (Array.TrueForAll(data.TreatmentPeriods, period => period is null))
        {
            throw new InvalidInputException(
                "NoTreatedUnit", "No unit is treated, so there is no treatment to repeat elsewhere. Name the treated units and their first treated time.", "TreatedUnit");
        }

        MersenneTwister random = new(options.Seed);
        List<BacktestCase> cases = [];
        foreach (BacktestKind kind in options.AllKinds.Distinct().Order())
        {
            BacktestCase[] all = [.. kind == BacktestKind.Space ? InSpace(data, options) : InTime(data, options)];
            if (all.Length == 0)
            {
                warnings.Add(None(kind));
            }
            else if (all.Length > options.MaxBacktests)
            {
                warnings.Add($"Of {all.Length} backtests {Of(kind)}, {options.MaxBacktests} are made, drawn by {{Seed}} {options.Seed}. Give a larger {{MaxBacktests}} for more.");
            }

            cases.AddRange(Draw(all, options.MaxBacktests, random));
        }

        return cases.Count > 0
            ? [.. cases]
            : throw new InvalidInputException("NoBacktest", $"No backtest can be made. {string.Join(" ", warnings)}", options.PrePeriods is null ? "PostPeriods" : "PrePeriods");
    }

    private static IEnumerable<BacktestCase> InSpace(EffectData data, ComparisonOptions options)
    {
        int[] controls = [.. Rows(data).Where(row => data.TreatmentPeriods[row] is null)];
        if (controls.Length < 3)
        {
            return [];
        }

        return
            from column in data.TreatmentPeriods.OfType<int>().Distinct().Order()
            let post = options.PostPeriods ?? data.Outcomes.Columns - column
            where column >= (options.PrePeriods ?? 1) && column + post <= data.Outcomes.Columns
            from unit in controls
            select new BacktestCase(BacktestKind.Space, unit, column, post);
    }

    // Rolling origin: the last windows before the treatment, as long as at least half of the periods before it are matched on.
    private static IEnumerable<BacktestCase> InTime(EffectData data, ComparisonOptions options) =>
        from unit in Rows(data)
        where data.TreatmentPeriods[unit] is not null
        let before = data.TreatmentPeriods[unit]!.Value
        let post = options.PostPeriods ?? Math.Min(data.Outcomes.Columns - before, Math.Max(1, before / 4))
        let first = options.PrePeriods ?? Math.Max(1, (before + 1) / 2)
        from column in Enumerable.Range(first, Math.Max(0, before - post - first + 1))
        let found = new BacktestCase(BacktestKind.Time, unit, column, post)
        where Rows(data).Count(row => row != unit && !(data.TreatmentPeriods[row] < column + post)) >= 2
        select found;

    private static IEnumerable<int> Rows(EffectData data) => Enumerable.Range(0, data.Outcomes.Rows);

    private static IEnumerable<BacktestCase> Draw(BacktestCase[] all, int most, MersenneTwister random)
    {
        if (all.Length <= most)
        {
            return all;
        }

        int[] drawn = [.. Enumerable.Range(0, all.Length)];
        random.Draw<int>(drawn, most);
        return drawn.Take(most).Order().Select(i => all[i]);
    }

    private static string Of(BacktestKind kind) => kind == BacktestKind.Space ? "on untreated units" : "on treated units before their treatment";

    private static string None(BacktestKind kind) => kind == BacktestKind.Space
        ? "There is no backtest on untreated units: it takes at least 3 that are never treated, and a treatment time with as many periods before and after it as {PrePeriods} and {PostPeriods} ask for."
        : "There is no backtest on treated units before their treatment: it takes as many periods before a treatment as {PrePeriods} and {PostPeriods} ask for together, at least 2, and 2 donors.";
}
