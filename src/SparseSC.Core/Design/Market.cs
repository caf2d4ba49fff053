namespace SparseSC.Core.Design;

/// <summary>A set of test units that detects some effect, and its rank.</summary>
public sealed class Market
{
    /// <summary>Its rank, 1 for the best; equally good ones share one.</summary>
    public int Rank { get; set; }

    /// <summary>The test units, in order of name.</summary>
    public string[] Units { get; set; } = [];

    /// <summary>Periods the test lasts.</summary>
    public int Duration { get; set; }

    /// <summary>The smallest detectable effect, as a share of the outcome.</summary>
    public double EffectSize { get; set; }

    /// <summary>The power against it.</summary>
    public double Power { get; set; }

    /// <summary>The average of the scaled imbalances.</summary>
    public double AverageScaledImbalance { get; set; }

    /// <summary>What the effect costs, positive for negative effects too.</summary>
    public double Investment { get; set; }

    /// <summary>The average of the estimates of this effect, a period and a test unit.</summary>
    public double AverageAtt { get; set; }

    /// <summary>The same as a share of the counterfactual.</summary>
    public double AverageLift { get; set; }

    /// <summary>The set's share of all outcomes.</summary>
    public double ShareOfOutcome { get; set; }

    /// <summary>How far the average lift is from the effect, rounded to three decimals.</summary>
    public double LiftError { get; set; }

    /// <summary>The share of outcomes without the advertisement: of the other units, or for negative effects of the set itself.</summary>
    public double Holdout { get; set; }

    /// <summary>The correlation of the set's outcomes with those of all other units.</summary>
    public double Correlation { get; set; }
}
