namespace SparseSC.Core.Data;

/// <summary>What to look at when features and targets have different numbers of rows.</summary>
public static class RowCountHint
{
    /// <summary>A sentence, after a space, when one matrix is a single row longer and its columns have no names; otherwise nothing.</summary>
    public static string For(FeatureMatrix features, FeatureMatrix targets)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        (FeatureMatrix longer, string name) = features.Rows > targets.Rows ? (features, "Features") : (targets, "Targets");
        return Math.Abs(features.Rows - targets.Rows) == 1 && longer.ColumnNames is null
            ? $" If the first line of the file of {{{name}}} is a header, put its names in double quotes."
            : "";
    }
}
