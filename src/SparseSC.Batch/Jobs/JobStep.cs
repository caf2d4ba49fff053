namespace SparseSC.Batch.Jobs;

/// <summary>The kind of news that a step is.</summary>
public enum JobStepKind : long
{
    /// <summary>A detail: the verbose stream.</summary>
    Detail,

    /// <summary>Something to know although the work goes on.</summary>
    Warning,

    /// <summary>How far a longer step is.</summary>
    Progress,
}

/// <summary>One thing a backend does or has done, told while it happens.</summary>
/// <param name="Kind">What kind of news it is.</param>
/// <param name="Message">A sentence, without secrets; options are named as <c>{VmSize}</c>.</param>
/// <param name="Done">Items done, for <see cref="JobStepKind.Progress"/>.</param>
/// <param name="Total">Items in all, for <see cref="JobStepKind.Progress"/>.</param>
public sealed record JobStep(JobStepKind Kind, string Message, long Done = 0, long Total = 0);
