using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>One unit of an in-space placebo: as if it had been the treated one.</summary>
public sealed class SpacePlaceboRow
{
    /// <summary>Name of the unit.</summary>
    public string Unit { get; set; } = "";

    /// <summary>The treatment time it was judged at.</summary>
    public string TreatmentTime { get; set; } = "";

    /// <summary>Whether it really was treated then.</summary>
    public bool IsTreated { get; set; }

    /// <summary>Mean of observed − synthetic over the evaluation periods.</summary>
    public double AverageGap { get; set; }

    /// <summary>Root mean squared difference over the pre-periods.</summary>
    public double PreRmspe { get; set; }

    /// <summary>Root mean squared difference over the evaluation periods.</summary>
    public double PostRmspe { get; set; }

    /// <summary>Post divided by pre; <c>NaN</c> when the unit is matched perfectly before the treatment.</summary>
    public double Ratio { get; set; }

    /// <summary>Rank of the ratio from 1, the largest, among the units of this treatment time that have one; <c>null</c> without one.</summary>
    public int? Rank { get; set; }

    /// <summary>Rank divided by the number of units ranked; <c>NaN</c> without a rank.</summary>
    public double PValue { get; set; } = double.NaN;
}

/// <summary>In-space placebo: every control takes its turn as the treated unit.</summary>
/// <remarks>Source: Abadie, Diamond, Hainmueller (2010), section 3.4. Controls use the cross-fits of the estimate.</remarks>
public sealed class SpacePlacebo : ISpellable
{
    /// <summary>The estimate the placebos belong to.</summary>
    public EffectEstimate Estimate { get; set; } = new();

    /// <summary>Every unit, by rank of its ratio within its treatment time.</summary>
    public SpacePlaceboRow[] Rows { get; set; } = [];

    /// <summary>Runs the estimate and lists its placebos.</summary>
    /// <inheritdoc cref="EffectEstimator.Run(EffectData, EffectOptions, IProgress{FitProgress}?, CancellationToken)"/>
    public static SpacePlacebo Run(EffectData data, EffectOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default) =>
        FromEstimate(EffectEstimator.Run(OneTreated(data, options), options, progress, cancellationToken));

    // The placebos of a mean are means of as many controls, which are no units to rank.
    private static EffectData OneTreated(EffectData data, EffectOptions options)
    {
        int treated = data.TreatmentPeriods.Count(period => period is not null);
        return treated == 1 || !MeanEstimators.All.Contains(options.Method)
            ? data
            : throw new InvalidInputException(
                "KindNeedsOneTreated",
                $"{{Kind}} {{Kind:Space}} ranks units, and {{Estimator}} {{Estimator:{options.Method}}} takes the mean of the {treated} treated ones. Test one of them alone.",
                "Kind");
    }

    /// <summary>Lists the placebos of an estimate.</summary>
    public static SpacePlacebo FromEstimate(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (!Array.TrueForAll(estimate.Periods, EffectRows.HasSynthetic))
        {
            throw EffectRows.SyntheticNotKept();
        }

        return new SpacePlacebo { Estimate = estimate, Rows = [.. estimate.Periods.SelectMany(period => Rank(estimate, period))] };
    }

    private static SpacePlaceboRow[] Rank(EffectEstimate estimate, PeriodEffect period)
    {
        HashSet<int> treated = [.. period.TreatedUnits];
        double negligible = WindowGaps.Negligible(estimate, period);
        SpacePlaceboRow[] rows = [.. period.Units.Select((_, position) => Row(estimate, period, position, treated, negligible))];
        SpacePlaceboRow[] ranked = [.. rows.Where(row => !double.IsNaN(row.Ratio))];
        foreach (SpacePlaceboRow row in ranked)
        {
            row.Rank = 1 + ranked.Count(other => other != row && other.Ratio >= row.Ratio);
            row.PValue = row.Rank.Value / (double)ranked.Length;
        }

        return [.. rows.OrderBy(row => row.Rank ?? int.MaxValue)];
    }

    private static SpacePlaceboRow Row(EffectEstimate estimate, PeriodEffect period, int position, HashSet<int> treated, double negligible)
    {
        int unit = period.Units[position];
        double[] gaps = WindowGaps.Of(estimate, period, position, negligible);
        ReadOnlySpan<double> evaluated = gaps.AsSpan(gaps.Length - estimate.EvaluationPeriods);
        double gap = 0;
        foreach (double difference in evaluated)
        {
            gap += difference;
        }

        double pre = WindowGaps.Rmspe(gaps.AsSpan(0, estimate.PrePeriods));
        double post = WindowGaps.Rmspe(evaluated);
        return new SpacePlaceboRow
        {
            Unit = estimate.Units[unit],
            TreatmentTime = period.TreatmentTime,
            IsTreated = treated.Contains(unit),
            AverageGap = gap / estimate.EvaluationPeriods,
            PreRmspe = pre,
            PostRmspe = post,
            Ratio = pre > 0 ? post / pre : double.NaN,
        };
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => ((ISpellable)Estimate).Spell(spell);
}
