namespace SparseSC.Core.Design;

/// <summary>Ranks sets of test units.</summary>
/// <remarks>
/// Source: GeoLift (Meta), GeoLiftMarketSelection: the mean of three dense ranks, of the effect's size, of the power against it, and of how far its estimate is
/// from it. There higher power has the larger and so worse rank, which <see cref="MarketRanking.Power"/> turns round. Limits leave sets out after that, and the ranks of the rest
/// close up.
/// </remarks>
internal static class MarketOrder
{
    /// <summary>The sets within limits, in order of rank, then name.</summary>
    public static Market[] Rank(IReadOnlyList<Market> markets, MarketOptions options)
    {
        int[] size = Dense([.. markets.Select(market => Math.Abs(market.EffectSize))]);
        int[] power = Dense([.. markets.Select(market => options.Ranking == MarketRanking.GeoLift ? market.Power : -market.Power)]);
        int[] error = Dense([.. markets.Select(market => market.LiftError)]);
        SetRanks(markets, [.. markets.Select((_, i) => size[i] + power[i] + error[i])]);
        Market[] kept = Limit(markets, market => options.Budget is not double budget || Math.Abs(market.Investment) < Math.Abs(budget));
        kept = Limit(kept, market => market.Holdout >= (options.MinHoldout ?? 0) && market.Holdout <= (options.MaxHoldout ?? 1));
        return [.. kept.OrderBy(market => market.Rank).ThenBy(market => string.Join(", ", market.Units), StringComparer.Ordinal).ThenBy(market => market.Duration)];
    }

    private static Market[] Limit(IReadOnlyList<Market> markets, Func<Market, bool> isKept)
    {
        Market[] kept = [.. markets.Where(isKept)];
        SetRanks(kept, [.. kept.Select(market => market.Rank)]);
        return kept;
    }

    // One more than the number of smaller ones.
    private static void SetRanks(IReadOnlyList<Market> markets, int[] values)
    {
        int[] sorted = [.. values.Order()];
        for (int i = 0; i < values.Length; i++)
        {
            markets[i].Rank = Array.IndexOf(sorted, values[i]) + 1;
        }
    }

    // One more than the number of different smaller ones.
    private static int[] Dense(double[] values)
    {
        double[] different = [.. values.Distinct().Order()];
        return [.. values.Select(value => Array.BinarySearch(different, value) + 1)];
    }
}
