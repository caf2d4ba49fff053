namespace SparseSC.Core.Models;

/// <summary>How much worse one treated unit is matched after the treatment than before, and its rank among the controls of its time.</summary>
/// <remarks>Source: Abadie, Diamond, Hainmueller (2010), the ratio of post- to pre-treatment root mean squared prediction errors.</remarks>
public sealed class RmspeRatio
{
    /// <summary>Name of the treated unit.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Root mean squared difference over the pre-periods.</summary>
    public double PreRmspe { get; set; }

    /// <summary>Root mean squared difference over the evaluation periods.</summary>
    public double PostRmspe { get; set; }

    /// <summary>Post divided by pre; <c>NaN</c> when the match before the treatment is perfect, as there is nothing to compare with.</summary>
    public double Ratio { get; set; }

    /// <summary>Rank from 1 (the largest) among the unit and the controls that have a ratio; ties count against the unit. <c>null</c> without one.</summary>
    public int? Rank { get; set; }

    /// <summary>How many are ranked.</summary>
    public int RankedUnits { get; set; }

    /// <summary>Rank divided by the number ranked: a permutation p-value. <c>NaN</c> without a rank.</summary>
    public double PValue { get; set; }
}
