namespace SparseSC.Core.Models;

/// <summary>One estimate with the p-value and the interval of one and the same test.</summary>
public sealed class EffectValue
{
    /// <summary>The time it belongs to; <c>null</c> for a summary over several.</summary>
    public string? Time { get; set; }

    /// <summary>The estimate: observed − synthetic, averaged over the treated units.</summary>
    public double Effect { get; set; }

    /// <summary>Share of the reference distribution (the estimate included) that is at least as extreme.</summary>
    public double PValue { get; set; }

    /// <summary>
    /// Where a test is made anew for every supposed effect: the effects not rejected, which may have gaps, in ascending order; <see cref="CiLow"/>
    /// and <see cref="CiHigh"/> are then the outermost ends. <c>null</c> where they have none.
    /// </summary>
    public EffectInterval[]? Intervals { get; set; }

    /// <summary>Lower end of the interval.</summary>
    public double CiLow { get; set; }

    /// <summary>Upper end of the interval.</summary>
    public double CiHigh { get; set; }

    /// <summary>Standard error of the estimate; <c>null</c> where there is none. That of placebos is √((n − 1)/n) times their standard deviation.</summary>
    public double? StandardError { get; set; }

    /// <summary>The estimate with its interval and p-value.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Effect:G4} [{CiLow:G4}, {CiHigh:G4}], p = {PValue:0.####}");
}
