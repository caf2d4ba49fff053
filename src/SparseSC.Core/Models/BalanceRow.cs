namespace SparseSC.Core.Models;

/// <summary>How the treated compare with their synthetic control and with their donors in one predictor.</summary>
public sealed class BalanceRow
{
    /// <summary>The predictor: a covariate, or the time of an outcome before the treatment.</summary>
    public string Predictor { get; set; } = "";

    /// <summary>Its value for the treated unit, or the mean of several.</summary>
    public double Treated { get; set; }

    /// <summary>The same of the synthetic control.</summary>
    public double Synthetic { get; set; }

    /// <summary>The plain mean of the donors.</summary>
    public double DonorMean { get; set; }

    /// <summary>Standard deviation of the donors, with n − 1; <c>NaN</c> for a single one.</summary>
    public double DonorDeviation { get; set; }

    /// <summary>(treated − synthetic) / deviation; <c>NaN</c> where the donors are all alike.</summary>
    public double StandardisedDifference => Standardised(Synthetic);

    /// <summary>(treated − mean of the donors) / deviation: what the difference would be without any weights.</summary>
    public double DonorDifference => Standardised(DonorMean);

    /// <summary>The treatment time whose fit it belongs to; <c>null</c> outside of an effect.</summary>
    public string? TreatmentTime { get; set; }

    private double Standardised(double other) => DonorDeviation > 0 ? (Treated - other) / DonorDeviation : double.NaN;
}
