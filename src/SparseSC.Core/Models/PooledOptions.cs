namespace SparseSC.Core.Models;

/// <summary>What has its own weights in partially pooled synthetic control.</summary>
public enum PooledBy : long
{
    /// <summary>Every treated unit.</summary>
    Unit,

    /// <summary>The mean of the units treated at the same time.</summary>
    Cohort,
}

/// <summary>Options of partially pooled synthetic control.</summary>
public sealed class PooledOptions
{
    /// <summary>ν, the share of the pooled imbalance, from 0 (each on its own) to 1; <c>null</c> takes it from the fit at 0.</summary>
    public double? Nu { get; set; }

    /// <summary>Periods from the treatment on; <c>null</c> takes those after the last treatment.</summary>
    public int? Leads { get; set; }

    /// <summary>Periods before the treatment that are matched; <c>null</c> takes all.</summary>
    public int? Lags { get; set; }

    /// <summary>What has its own weights.</summary>
    public PooledBy By { get; set; }

    /// <summary>Whether each unit's mean before the treatment is taken off.</summary>
    public bool FixedEffects { get; set; } = true;
}
