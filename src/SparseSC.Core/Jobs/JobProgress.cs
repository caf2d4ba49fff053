namespace SparseSC.Core.Jobs;

/// <summary>How far a job is.</summary>
/// <param name="Job">The job as it stands.</param>
/// <param name="TimeLeft">How long the rest will take at the pace seen so far; <c>null</c> while there is no pace.</param>
public readonly record struct JobProgress(BatchJob Job, TimeSpan? TimeLeft)
{
    /// <summary>The time for <paramref name="left"/> items when <paramref name="done"/> took <paramref name="elapsed"/>.</summary>
    public static TimeSpan? Estimate(int done, int left, TimeSpan elapsed)
    {
        if (left <= 0)
        {
            return TimeSpan.Zero;
        }

        return done <= 0 ? null : elapsed * ((double)left / done);
    }
}
