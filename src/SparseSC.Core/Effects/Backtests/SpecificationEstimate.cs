using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Backtests;

/// <summary>The effect of the treatment under one specification: an estimator, a pre-period length, a donor pool.</summary>
public sealed class SpecificationEstimate : ISpellable
{
    /// <summary>The estimator.</summary>
    public EffectMethod Estimator { get; set; }

    /// <summary>T0 as asked for; <c>null</c> for all periods before the treatment.</summary>
    public int? PrePeriods { get; set; }

    /// <summary>Units that are no donors.</summary>
    public string[] Without { get; set; } = [];

    /// <summary>The average effect; <c>NaN</c> where there is no estimate.</summary>
    public double Effect { get; set; } = double.NaN;

    /// <summary>Its p-value; <c>NaN</c> where there is none.</summary>
    public double PValue { get; set; } = double.NaN;

    /// <summary>Lower end of its interval.</summary>
    public double CiLow { get; set; } = double.NaN;

    /// <summary>Upper end of its interval.</summary>
    public double CiHigh { get; set; } = double.NaN;

    /// <summary>Root mean squared difference before the treatment.</summary>
    public double PreRmspe { get; set; } = double.NaN;

    /// <summary>Why there is no estimate; <c>null</c> when there is one.</summary>
    public string? Reason { get; set; }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Reason = Reason is null ? null : spell(Reason);
}
