namespace SparseSC.Core.Data;

/// <summary>What a predictor takes of the values in its window.</summary>
public enum PredictorStatistic
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their median.</summary>
    Median,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The earliest.</summary>
    First,

    /// <summary>The latest.</summary>
    Last,
}

/// <summary>
/// A predictor of the classic studies: a statistic of a column over a window before the treatment. A window of one time is a lag of its
/// own.
/// </summary>
public sealed class PanelPredictor
{
    /// <summary>The column; the outcome's for lags of the outcome.</summary>
    public string Name { get; set; } = "";

    /// <summary>First time of the window; <c>null</c> for the panel's first.</summary>
    public string? From { get; set; }

    /// <summary>Last time of the window; <c>null</c> for the last one before the treatment.</summary>
    public string? To { get; set; }

    /// <summary>What is taken of the values in the window; missing ones are skipped.</summary>
    public PredictorStatistic Statistic { get; set; }

    /// <summary>The name of the feature, such as <c>retprice (1980 … 1988)</c>.</summary>
    public override string ToString()
    {
        string statistic = Statistic == PredictorStatistic.Mean ? "" : $"{Statistic.ToString().ToLowerInvariant()} of ";
        return From is null && To is null ? $"{statistic}{Name}"
            : From == To ? $"{statistic}{Name} ({From})"
            : From is null ? $"{statistic}{Name} (to {To})"
            : To is null ? $"{statistic}{Name} (from {From})"
            : $"{statistic}{Name} ({From} … {To})";
    }
}
