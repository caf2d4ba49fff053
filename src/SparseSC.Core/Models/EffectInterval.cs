using System.Globalization;

namespace SparseSC.Core.Models;

/// <summary>Effects from one end to another that a test does not reject.</summary>
public sealed class EffectInterval
{
    /// <summary>Lower end; may be infinite.</summary>
    public double Low { get; set; }

    /// <summary>Upper end; may be infinite.</summary>
    public double High { get; set; }

    /// <summary>Both ends.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Low:G4}, {High:G4}]");
}
