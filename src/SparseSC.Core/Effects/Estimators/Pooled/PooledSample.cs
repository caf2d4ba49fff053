namespace SparseSC.Core.Effects.Estimators.Pooled;

/// <summary>Units with the times from which they are treated.</summary>
/// <param name="Outcomes">N rows of T.</param>
/// <param name="Periods">Per unit its first treated column; <c>null</c> for never.</param>
internal sealed record PooledSample(double[][] Outcomes, int?[] Periods)
{
    /// <summary>d: the periods before the last treatment.</summary>
    public int Longest => Periods.Max() ?? 0;

    /// <summary>T.</summary>
    public int Times => Outcomes[0].Length;

    /// <summary>Some of the units, with other times of treatment.</summary>
    public PooledSample Of(int[] rows, int?[] periods) => new([.. rows.Select(row => Outcomes[row])], periods);

    /// <summary>All units but one.</summary>
    public PooledSample Without(int unit)
    {
        int[] rows = [.. Enumerable.Range(0, Periods.Length).Where(row => row != unit)];
        return Of(rows, [.. rows.Select(row => Periods[row])]);
    }
}

/// <summary>Settings that refits keep.</summary>
/// <param name="Leads">Periods from the treatment on.</param>
/// <param name="Lags">Periods matched at most.</param>
/// <param name="Nu">ν; <c>null</c> takes it from the separate fit.</param>
/// <param name="ByCohort">Whether units treated at the same time have one set of weights.</param>
/// <param name="FixedEffects">Whether each unit's mean before the treatment is taken off.</param>
internal sealed record PooledSettings(int Leads, int Lags, double? Nu, bool ByCohort, bool FixedEffects);
