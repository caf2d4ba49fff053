namespace SparseSC.Batch.Plan;

/// <summary>The kind of a plan.</summary>
public enum PlanKind : long
{
    /// <summary>A fit: the scores of folds and penalties.</summary>
    Fit,

    /// <summary>Treatment effects: controls held out as if treated, fold by fold.</summary>
    Effects,
}
