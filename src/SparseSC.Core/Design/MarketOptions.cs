namespace SparseSC.Core.Design;

/// <summary>Which sets of test units are compared, and how they are simulated.</summary>
public sealed class MarketOptions : PowerOptions
{
    /// <summary>Numbers of units a set may have.</summary>
    public int[] Sizes { get; set; } = [];

    /// <summary>Names of units every set has.</summary>
    public string[] IncludeUnits { get; set; } = [];

    /// <summary>Names of units no set has; they are donors all the same.</summary>
    public string[] ExcludeUnits { get; set; } = [];

    /// <summary>Sets whose investment is not below this are left out; <c>null</c> for no limit.</summary>
    public double? Budget { get; set; }

    /// <summary>The smallest share of the outcome without the advertisement (see <see cref="Market.Holdout"/>); <c>null</c> for no limit.</summary>
    public double? MinHoldout { get; set; }

    /// <summary>The largest such share; <c>null</c> for no limit.</summary>
    public double? MaxHoldout { get; set; }

    /// <summary>How sets are ranked.</summary>
    public MarketRanking Ranking { get; set; }
}
