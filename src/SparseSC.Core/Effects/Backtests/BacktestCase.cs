namespace SparseSC.Core.Effects.Backtests;

/// <summary>A treatment that never was, and the data in which its effect is estimated.</summary>
/// <param name="Kind">Where it is taken from.</param>
/// <param name="Unit">Row of the unit as if treated.</param>
/// <param name="Column">The column it is treated from on, as if.</param>
/// <param name="Post">Periods from there on; the data end with them.</param>
internal sealed record BacktestCase(BacktestKind Kind, int Unit, int Column, int Post)
{
    /// <summary>The data without what must not be known: in space the treated units, in time all outcomes from the treatment on.</summary>
    public EffectData Data(EffectData data)
    {
        int[] rows = [.. Enumerable.Range(0, data.Outcomes.Rows).Where(row => row == Unit || IsDonor(data.TreatmentPeriods[row]))];
        return data.Select(rows).Until(Column + Post, [.. rows.Select(row => row == Unit ? (int?)Column : null)]);
    }

    /// <summary>An empty result.</summary>
    public Backtest Result(EffectData data, int pre) => new()
    {
        Kind = Kind,
        Unit = data.UnitName(Unit),
        TreatmentTime = data.TimeName(Column),
        PrePeriods = pre,
        PostPeriods = Post,
    };

    // Before a treatment its units are like any other.
    private bool IsDonor(int? treatment) => treatment is null || (Kind == BacktestKind.Time && treatment >= Column + Post);
}
