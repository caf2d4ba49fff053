namespace SparseSC.Core.Effects.Backtests;

/// <summary>Where a backtest takes a treatment from that never was.</summary>
public enum BacktestKind : long
{
    /// <summary>A unit that is never treated, as if treated at a real treatment time; treated units are left out.</summary>
    Space,

    /// <summary>A treated unit as if treated before it was; no outcome from its treatment on is used.</summary>
    Time,
}
