namespace SparseSC.Core.Design;

/// <summary>The smallest effect that units and a duration detect.</summary>
public sealed class DetectableEffect
{
    /// <summary>The test units, in order of name.</summary>
    public string[] Units { get; set; } = [];

    /// <summary>Periods the test lasts.</summary>
    public int Duration { get; set; }

    /// <summary>The smallest positive or negative effect simulated with enough power, whichever is nearer to 0; <c>null</c> when none has it.</summary>
    public double? EffectSize { get; set; }

    /// <summary>The power against it.</summary>
    public double? Power { get; set; }

    /// <summary>The average estimate of it as a share of the counterfactual.</summary>
    public double? AverageLift { get; set; }

    /// <summary>What it costs; negative with the effect.</summary>
    public double? Investment { get; set; }

    /// <summary>Picks it from the rows of the same units and duration.</summary>
    internal static PowerRow? Smallest(IEnumerable<PowerRow> rows, double minPower) => rows
        .Where(row => row.EffectSize != 0 && row.Power > minPower)
        .OrderBy(row => Math.Abs(row.EffectSize))
        .ThenByDescending(row => row.EffectSize)
        .FirstOrDefault();
}
