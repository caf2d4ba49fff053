namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>The controls of one treatment time and the mean of its treated units, over the window. Immutable.</summary>
internal sealed class MeanCohort
{
    /// <param name="controls">N0 controls.</param>
    /// <param name="treated">N1 treated units.</param>
    /// <param name="pre">T0: the first so many periods of the window lie before the treatment.</param>
    public MeanCohort(UnitSeries[] controls, IReadOnlyList<UnitSeries> treated, int pre)
        : this(controls, UnitSeries.Mean(treated), treated.Count, pre)
    {
    }

    private MeanCohort(UnitSeries[] controls, UnitSeries mean, int treatedCount, int pre)
    {
        Controls = controls;
        Mean = mean;
        TreatedCount = treatedCount;
        Pre = pre;
    }

    /// <summary>N0 controls.</summary>
    public UnitSeries[] Controls { get; }

    /// <summary>The mean of the treated units.</summary>
    public UnitSeries Mean { get; }

    /// <summary>N1.</summary>
    public int TreatedCount { get; }

    /// <summary>T0.</summary>
    public int Pre { get; }

    /// <summary>T0 + T1.</summary>
    public int Length => Mean.Outcomes.Length;

    /// <summary>T1.</summary>
    public int Post => Length - Pre;

    /// <summary>The same units less Σ β_k of their covariates, which they no longer have.</summary>
    public MeanCohort Without(double[] coefficients) =>
        new([.. Controls.Select(unit => unit.Without(coefficients))], Mean.Without(coefficients), TreatedCount, Pre);

    /// <summary>The same units less each one's mean before the treatment.</summary>
    public MeanCohort Deviations() => new([.. Controls.Select(unit => unit.Deviations(Pre))], Mean.Deviations(Pre), TreatedCount, Pre);

    /// <summary>The same units with one pre-period moved behind all others, as if it came after the treatment.</summary>
    public MeanCohort Moved(int period) => new([.. Controls.Select(unit => unit.Moved(period))], Mean.Moved(period), TreatedCount, Pre - 1);

    /// <summary>The pre-periods and some periods after the treatment, all as if they came before it.</summary>
    /// <param name="post">Periods after the treatment, counted from 0.</param>
    public MeanCohort Joined(int[] post)
    {
        int[] periods = [.. Enumerable.Range(0, Pre), .. post.Select(t => Pre + t)];
        return new([.. Controls.Select(unit => unit.At(periods))], Mean.At(periods), TreatedCount, periods.Length);
    }

    /// <summary>The same less an effect in the last periods of the treated.</summary>
    public MeanCohort Supposing(double effect, int last) =>
        new(Controls, Mean with { Outcomes = [.. Mean.Outcomes.Select((value, t) => t >= Length - last ? value - effect : value)] }, TreatedCount, Pre);

    /// <summary>Per period the mean of the treated less Σ w_j of the controls.</summary>
    public double[] Gaps(double[] weights)
    {
        double[] gaps = [.. Mean.Outcomes];
        for (int j = 0; j < weights.Length; j++)
        {
            double[] control = Controls[j].Outcomes;
            for (int t = 0; t < gaps.Length && weights[j] != 0; t++)
            {
                gaps[t] -= weights[j] * control[t];
            }
        }

        return gaps;
    }
}

/// <summary>What an estimator finds for one cohort.</summary>
/// <param name="DonorWeights">N0 weights.</param>
/// <param name="TimeWeights">T0 weights, or none.</param>
/// <param name="Differences">Observed − synthetic of the mean of the treated, over the window.</param>
/// <param name="Penalties">What refits of resampled units take over.</param>
internal sealed record MeanFit(double[] DonorWeights, double[] TimeWeights, double[] Differences, double[] Penalties)
{
    /// <summary>Coefficients of covariates whose part is taken off the outcomes; none otherwise.</summary>
    public double[] Coefficients { get; init; } = [];

    /// <summary>What a user must know before believing it.</summary>
    public string[] Warnings { get; init; } = [];

    /// <summary>The cohort less what covariates explain in this fit.</summary>
    public MeanCohort Adjust(MeanCohort cohort) => Adjust(cohort, Coefficients);

    /// <summary>How many singular values it keeps, where it cuts them.</summary>
    public int? Rank { get; init; }

    /// <summary>The cohort less what covariates explain.</summary>
    public static MeanCohort Adjust(MeanCohort cohort, double[] coefficients) => coefficients.Length == 0 ? cohort : cohort.Without(coefficients);
}
