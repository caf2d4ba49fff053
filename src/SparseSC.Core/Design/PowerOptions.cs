using SparseSC.Core.Models;

namespace SparseSC.Core.Design;

/// <summary>What is simulated: durations, effect sizes and past windows, and how an effect is looked for in them.</summary>
public class PowerOptions
{
    /// <summary>How many periods a test may last, each length simulated on its own.</summary>
    public int[] Durations { get; set; } = [];

    /// <summary>Effects as shares of the outcome: 0.1 raises it by a tenth.</summary>
    public double[] EffectSizes { get; set; } = [0, 0.05, 0.1, 0.15, 0.2, 0.25];

    /// <summary>Past windows: the first ends with the last period, each further one a period earlier.</summary>
    public int Lookback { get; set; } = 1;

    /// <summary>An effect is detected when its p-value is below this.</summary>
    public double Alpha { get; set; } = 0.1;

    /// <summary>Which effects the test looks for.</summary>
    public TestSide Side { get; set; }

    /// <summary>The smallest detectable effect is that with a power above this.</summary>
    public double MinPower { get; set; } = 0.8;

    /// <summary>What a unit of additional outcome costs, for investments.</summary>
    public double CostPerUnit { get; set; } = 1;

    /// <summary>Whether deviations from each unit's mean are matched and predicted (a fixed effect per unit).</summary>
    public bool Demean { get; set; } = true;

    /// <summary>Which rearrangements of residuals the test compares with, how many, and their seed.</summary>
    public ConformalOptions Conformal { get; set; } = new() { Draws = 1000 };

    /// <summary>Threads to use; 0 means one per processor. Results do not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; set; }
}
