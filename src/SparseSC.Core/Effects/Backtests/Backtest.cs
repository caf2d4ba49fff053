using SparseSC.Core.Errors;

namespace SparseSC.Core.Effects.Backtests;

/// <summary>An effect estimated where there is none: what is estimated is the error.</summary>
public sealed class Backtest : ISpellable
{
    /// <summary>Where the treatment is taken from.</summary>
    public BacktestKind Kind { get; set; }

    /// <summary>The unit as if treated.</summary>
    public string Unit { get; set; } = "";

    /// <summary>The time it is treated from on, as if.</summary>
    public string TreatmentTime { get; set; } = "";

    /// <summary>Periods before that time.</summary>
    public int PrePeriods { get; set; }

    /// <summary>Periods from that time on over which errors are taken.</summary>
    public int PostPeriods { get; set; }

    /// <summary>The average effect, observed − synthetic, which should be 0; <c>NaN</c> where there is no estimate.</summary>
    public double Error { get; set; } = double.NaN;

    /// <summary>The root mean square of the errors of single periods.</summary>
    public double PeriodRmse { get; set; } = double.NaN;

    /// <summary>Lower end of the average effect's interval.</summary>
    public double CiLow { get; set; } = double.NaN;

    /// <summary>Upper end of the average effect's interval.</summary>
    public double CiHigh { get; set; } = double.NaN;

    /// <summary>Wall-clock time of the estimate with its inference, on one thread.</summary>
    public double Seconds { get; set; }

    /// <summary>Why there is no estimate; <c>null</c> when there is one.</summary>
    public string? Reason { get; set; }

    /// <summary>Whether the interval has two ends.</summary>
    internal bool HasInterval => double.IsFinite(CiLow) && double.IsFinite(CiHigh);

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Reason = Reason is null ? null : spell(Reason);
}
