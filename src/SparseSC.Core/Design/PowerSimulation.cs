namespace SparseSC.Core.Design;

/// <summary>One simulated effect in one past window.</summary>
public sealed class PowerSimulation
{
    /// <summary>The test units, in order of name.</summary>
    public string[] Units { get; set; } = [];

    /// <summary>Periods the test lasts.</summary>
    public int Duration { get; set; }

    /// <summary>The effect, as a share of the outcome.</summary>
    public double EffectSize { get; set; }

    /// <summary>The window's first period.</summary>
    public string TreatmentTime { get; set; } = "";

    /// <summary>Its place from the panel's first period, from 1.</summary>
    public int TreatmentStart { get; set; }

    /// <summary>The p-value of no effect.</summary>
    public double PValue { get; set; }

    /// <summary>Whether the p-value is below α.</summary>
    public bool IsDetected { get; set; }

    /// <summary>The estimate: the average difference a period, of the mean of the test units.</summary>
    public double Att { get; set; }

    /// <summary>The estimate as a share of the counterfactual.</summary>
    public double Lift { get; set; }

    /// <summary>How badly the fit matches before the window, as a share of what equal weights leave.</summary>
    public double ScaledImbalance { get; set; }

    /// <summary>What the effect costs: cost per unit × outcome of the test units in the window × effect; negative with the effect.</summary>
    public double Investment { get; set; }
}
