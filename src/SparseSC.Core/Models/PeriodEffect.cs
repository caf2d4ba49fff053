namespace SparseSC.Core.Models;

/// <summary>The fit of one treatment time and what belongs to it alone.</summary>
public sealed class PeriodEffect
{
    /// <summary>The treatment time.</summary>
    public string TreatmentTime { get; set; } = "";

    /// <summary>Column of the treatment time.</summary>
    public int TreatmentPeriod { get; set; }

    /// <summary>Column at which the fit takes the treatment to be: earlier by T1 for the prospective kinds.</summary>
    public int FitPeriod { get; set; }

    /// <summary>Rows of the data that take part, ascending; rows of <see cref="Fit"/> are positions in this list.</summary>
    public int[] Units { get; set; } = [];

    /// <summary>Rows of the controls.</summary>
    public int[] ControlUnits { get; set; } = [];

    /// <summary>Rows of the treated units.</summary>
    public int[] TreatedUnits { get; set; } = [];

    /// <summary>The model of these units.</summary>
    public SyntheticControlFit Fit { get; set; } = new();

    /// <summary>Weights of the pre-periods from <see cref="WindowStart"/> on, where the estimator has them; else empty.</summary>
    public double[] TimeWeights { get; set; } = [];

    /// <summary>Synthetic outcomes by that model, one row per entry of <see cref="Units"/>, all times.</summary>
    public double[,] Synthetic { get; set; } = new double[0, 0];

    /// <summary>Column of the data in which the window of matching, fitting and evaluation starts.</summary>
    public int WindowStart { get; set; }

    /// <summary>Synthetic outcomes of the controls over that window, each by the fold that held it out; <c>null</c> without cross-fits.</summary>
    public double[,]? HeldOutSynthetic { get; set; }

    /// <summary>
    /// Whether the treated are matched worse than the controls: p-value of the root mean of v/Σv·(M − M̂)² over the features. <c>NaN</c> when
    /// nothing is matched. A low value warns.
    /// </summary>
    public double MatchPValue { get; set; }

    /// <summary>Per time the half-width around a single unit's synthetic outcome, from the main fit's differences of the controls; infinite
    /// when they are too few for the level.</summary>
    public double[] IndividualHalfWidths { get; set; } = [];

    /// <summary>Post/pre ratio of root mean squared prediction errors of each treated unit.</summary>
    public RmspeRatio[] RmspeRatios { get; set; } = [];
}
