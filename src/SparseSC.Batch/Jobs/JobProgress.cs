namespace SparseSC.Batch.Jobs;

/// <summary>How far a job is.</summary>
/// <param name="Job">The job as it stands.</param>
/// <param name="TimeLeft">How long the rest will take at the pace seen so far; <c>null</c> while there is no pace.</param>
/// <param name="News">Why the job does not get on, when that has changed since the last look; <c>null</c> when there is nothing new to say.</param>
public readonly record struct JobProgress(BatchJob Job, TimeSpan? TimeLeft, string? News = null)
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
