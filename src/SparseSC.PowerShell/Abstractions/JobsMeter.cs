using System.Globalization;
using SparseSC.Batch.Jobs;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Says in one line how far the jobs are that are waited for. Not for use by several threads at once.</summary>
internal sealed class JobsMeter(int jobs)
{
    private readonly Dictionary<string, JobProgress> _latest = [];

    /// <summary>Takes in news of one job and describes all of them.</summary>
    public ProgressText Describe(JobProgress news)
    {
        _latest[news.Job.Id] = news;
        BatchJob[] seen = [.. _latest.Values.Select(progress => progress.Job)];
        long tasks = seen.Sum(job => (long)job.Tasks);
        long done = seen.Sum(job => (long)job.Done);
        int failed = seen.Sum(job => job.Failed);
        string text = string.Create(CultureInfo.InvariantCulture, $"{done} of {tasks} tasks done, {seen.Sum(job => job.Running)} running");
        if (failed > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {failed} failed");
        }

        if (seen.Any(job => job.Nodes is not null))
        {
            // Jobs that share a pool share its machines.
            int nodes = seen.GroupBy(job => job.PoolId).Sum(pool => pool.Max(job => job.Nodes ?? 0));
            text += nodes == 1 ? ", 1 node" : string.Create(CultureInfo.InvariantCulture, $", {nodes} nodes");
        }

        if (jobs > 1)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"{seen.Count(job => job.IsFinished)} of {jobs} jobs finished: {text}");
        }

        return new ProgressText(text, tasks > 0 ? (int)(100 * done / tasks) : -1, TimeLeft());
    }

    private TimeSpan? TimeLeft() => _latest.Values.Any(progress => progress.TimeLeft is null) ? null : _latest.Values.Max(progress => progress.TimeLeft);
}
