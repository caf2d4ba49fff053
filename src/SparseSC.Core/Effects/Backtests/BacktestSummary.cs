namespace SparseSC.Core.Effects.Backtests;

/// <summary>Errors of several backtests; <c>NaN</c> where there is nothing to take a mean of.</summary>
public sealed class BacktestSummary
{
    /// <summary>Backtests with an estimate.</summary>
    public int Count { get; set; }

    /// <summary>Mean of the errors: the bias.</summary>
    public double MeanError { get; set; } = double.NaN;

    /// <summary>Root mean square of the errors.</summary>
    public double Rmse { get; set; } = double.NaN;

    /// <summary>Root mean square of the errors of single periods, every backtest with the same weight.</summary>
    public double PeriodRmse { get; set; } = double.NaN;

    /// <summary>Share of the intervals with two ends that hold 0, which is the truth.</summary>
    public double Coverage { get; set; } = double.NaN;

    /// <summary>Mean width of these intervals.</summary>
    public double MeanWidth { get; set; } = double.NaN;

    /// <summary>How many intervals have two ends.</summary>
    public int Intervals { get; set; }

    /// <summary>Summarises the backtests that have an estimate.</summary>
    internal static BacktestSummary Of(IEnumerable<Backtest> backtests)
    {
        Backtest[] done = [.. backtests.Where(backtest => backtest.Reason is null)];
        Backtest[] bounded = [.. done.Where(backtest => backtest.HasInterval)];
        return new BacktestSummary
        {
            Count = done.Length,
            MeanError = Mean(done, backtest => backtest.Error),
            Rmse = Math.Sqrt(Mean(done, backtest => backtest.Error * backtest.Error)),
            PeriodRmse = Math.Sqrt(Mean(done, backtest => backtest.PeriodRmse * backtest.PeriodRmse)),
            Coverage = Mean(bounded, backtest => backtest.CiLow <= 0 && backtest.CiHigh >= 0 ? 1 : 0),
            MeanWidth = Mean(bounded, backtest => backtest.CiHigh - backtest.CiLow),
            Intervals = bounded.Length,
        };
    }

    private static double Mean(Backtest[] backtests, Func<Backtest, double> value) =>
        backtests.Length == 0 ? double.NaN : backtests.Average(value);
}
