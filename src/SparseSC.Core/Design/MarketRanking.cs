namespace SparseSC.Core.Design;

/// <summary>How sets of test units are ranked.</summary>
public enum MarketRanking : long
{
    /// <summary>By smallest detectable effect, power against it (higher is better) and how near its estimate comes to it.</summary>
    Power,

    /// <summary>As GeoLift ranks: the same, but higher power ranks worse.</summary>
    GeoLift,
}
