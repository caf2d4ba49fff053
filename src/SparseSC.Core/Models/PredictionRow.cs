namespace SparseSC.Core.Models;

/// <summary>One unit at one time, as it was and as its synthetic control has it.</summary>
public sealed class PredictionRow
{
    /// <summary>The unit.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Name of the target: the time, in a panel.</summary>
    public string Time { get; set; } = "";

    /// <summary>The observed value.</summary>
    public double Observed { get; set; }

    /// <summary>The synthetic value.</summary>
    public double Synthetic { get; set; }

    /// <summary>Observed − synthetic.</summary>
    public double Gap => Observed - Synthetic;

    /// <summary>Lower end of the interval around the synthetic value; <c>NaN</c> with fewer than two donors.</summary>
    public double Low { get; set; } = double.NaN;

    /// <summary>Upper end of the interval around the synthetic value; <c>NaN</c> with fewer than two donors.</summary>
    public double High { get; set; } = double.NaN;
}
