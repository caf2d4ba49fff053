namespace SparseSC.Core.Effects;

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

    /// <summary>Ranks the treated units of one treatment time.</summary>
    internal static RmspeRatio[] OfTreated(PeriodSample sample, PeriodDifferences differences, EffectData data)
    {
        double[] controls = [.. sample.Controls.Select(RatioOf).Where(ratio => !double.IsNaN(ratio))];
        return [.. sample.Treated.Select(unit => Of(unit, data.UnitName(sample.Units[unit])))];

        RmspeRatio Of(int unit, string name)
        {
            double ratio = RatioOf(unit);
            int? rank = double.IsNaN(ratio) ? null : 1 + controls.Count(control => control >= ratio);
            return new RmspeRatio
            {
                Unit = name,
                PreRmspe = differences.PreRmspe[unit],
                PostRmspe = differences.PostRmspe[unit],
                Ratio = ratio,
                Rank = rank,
                RankedUnits = controls.Length + (rank is null ? 0 : 1),
                PValue = rank / (controls.Length + 1.0) ?? double.NaN,
            };
        }

        double RatioOf(int unit) => differences.PreRmspe[unit] > 0 ? differences.PostRmspe[unit] / differences.PreRmspe[unit] : double.NaN;
    }
}
