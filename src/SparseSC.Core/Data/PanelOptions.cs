namespace SparseSC.Core.Data;

/// <summary>What is done about a unit that has no outcome at some time. Several together are applied in the order of this list.</summary>
[Flags]
public enum MissingOutcome : long
{
    /// <summary>It is an error.</summary>
    Error = 0,

    /// <summary>Straight line between the neighbouring times; not at either end, and of a treated unit only between times before its treatment.</summary>
    Interpolate = 1,

    /// <summary>The unit is left out; a treated unit never is.</summary>
    DropUnit = 2,

    /// <summary>The time is left out for all units.</summary>
    DropTime = 4,
}

/// <summary>How rows become a <see cref="Panel"/>.</summary>
public sealed class PanelOptions
{
    /// <summary>Column that names the unit.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Column of the time.</summary>
    public string Time { get; set; } = "";

    /// <summary>Column of the outcome.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>Columns of the covariates.</summary>
    public IReadOnlyList<string> Covariates { get; set; } = [];

    /// <summary>Names of the units treated from <see cref="TreatmentTime"/>.</summary>
    public IReadOnlyList<string> TreatedUnits { get; set; } = [];

    /// <summary>First treated time of <see cref="TreatedUnits"/>; without them, the first target of a full model.</summary>
    public string? TreatmentTime { get; set; }

    /// <summary>Column of each unit's first treated time, empty, <c>0</c> or <c>Inf</c> for never; instead of the two settings above.</summary>
    public string? TreatmentTimeColumn { get; set; }

    /// <summary>Column that is 1 where a unit is treated and 0 where it is not; instead of the settings above.</summary>
    public string? Treatment { get; set; }

    /// <summary>The format of the times, as .NET writes formats of dates; <c>null</c> reads them by what they look like.</summary>
    public string? TimeFormat { get; set; }

    /// <summary>The language of names of months and of numbers, such as <c>de-DE</c>; <c>null</c> for English months and numbers with a point.</summary>
    public string? Culture { get; set; }

    /// <summary>What separates the fields of a file; <c>null</c> for whichever of comma, semicolon and tab its header has most of.</summary>
    public char? Delimiter { get; set; }

    /// <summary>What is done about gaps in the outcome.</summary>
    public MissingOutcome Missing { get; set; }
}
