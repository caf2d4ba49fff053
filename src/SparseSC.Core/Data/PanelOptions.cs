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

/// <summary>What becomes of several rows of one unit and time.</summary>
public enum DuplicateRows
{
    /// <summary>They are an error.</summary>
    Error,

    /// <summary>The mean of those that have a value.</summary>
    Mean,

    /// <summary>The sum of the outcomes, missing when one of them is; of covariates the mean.</summary>
    Sum,
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

    /// <summary>Further covariates: statistics of columns over windows before the treatment.</summary>
    public IReadOnlyList<PanelPredictor> Predictors { get; set; } = [];

    /// <summary>Names of units that are left out from the start.</summary>
    public IReadOnlyList<string> ExcludedUnits { get; set; } = [];

    /// <summary>What becomes of several rows of one unit and time.</summary>
    public DuplicateRows Aggregate { get; set; }

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

    /// <summary>
    /// Whether a file has a row for each unit and a column for each time, or, when <see cref="Time"/> is named, a row for each time and a
    /// column for each unit.
    /// </summary>
    public bool Wide { get; set; }

    /// <summary>What is done about gaps in the outcome.</summary>
    public MissingOutcome Missing { get; set; }

    /// <summary>A copy that can be changed.</summary>
    internal PanelOptions Copy() => (PanelOptions)MemberwiseClone();

    /// <summary>Columns that are read beside the outcome: the covariates, then what else predictors are made of.</summary>
    internal IReadOnlyList<string> ReadColumns =>
        [.. Covariates.Concat(Predictors.Select(predictor => predictor.Name)).Distinct().Where(name => name != Outcome || Covariates.Contains(name))];
}
