namespace SparseSC.Core.Design;

/// <summary>The power against one effect, over all past windows.</summary>
public sealed class PowerRow
{
    /// <summary>The test units, in order of name.</summary>
    public string[] Units { get; set; } = [];

    /// <summary>Periods the test lasts.</summary>
    public int Duration { get; set; }

    /// <summary>The effect, as a share of the outcome.</summary>
    public double EffectSize { get; set; }

    /// <summary>The share of windows in which it is detected; of an effect of 0 the share of false alarms.</summary>
    public double Power { get; set; }

    /// <summary>How many windows.</summary>
    public int Simulations { get; set; }

    /// <summary>The average of the estimates, a period and a test unit.</summary>
    public double AverageAtt { get; set; }

    /// <summary>The average of the estimates as shares of the counterfactual.</summary>
    public double AverageLift { get; set; }

    /// <summary>The average of the scaled imbalances.</summary>
    public double AverageScaledImbalance { get; set; }

    /// <summary>The average of what the effect costs.</summary>
    public double Investment { get; set; }
}
