namespace SparseSC.Core.Models;

/// <summary>How partially pooled synthetic controls match before the treatment.</summary>
public sealed class PoolingSummary
{
    /// <summary>ν, the share of the pooled imbalance in what is minimised.</summary>
    public double Nu { get; set; }

    /// <summary>The root mean square of the mean imbalance over the periods before the last treatment.</summary>
    public double GlobalL2 { get; set; }

    /// <summary>The same as a share of that of equal weights; <c>NaN</c> where that is 0.</summary>
    public double ScaledGlobalL2 { get; set; }

    /// <summary>The root mean square of the imbalances of single units or cohorts.</summary>
    public double IndividualL2 { get; set; }

    /// <summary>The same as a share of that of equal weights; <c>NaN</c> where that is 0.</summary>
    public double ScaledIndividualL2 { get; set; }
}
