using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Ranks of treated units by their RMSPE ratios.</summary>
internal static class RmspeRanking
{
    /// <summary>Ranks the treated units of one treatment time.</summary>
    public static RmspeRatio[] OfTreated(PeriodSample sample, PeriodDifferences differences, EffectData data)
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
