using System.Collections.Concurrent;
using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>The tasks of runs, asked for once and then only for what changed.</summary>
/// <remarks>
/// Twenty thousand tasks are twenty pages. What a wait looks at every few seconds is what moved since the last look, by the times of
/// the service itself; a run that has ended is listed once more in full, and never again.
/// </remarks>
/// <param name="reader">Asks the service.</param>
/// <param name="overlap">How much later than it is dated the service may show a change; <c>null</c> for a minute.</param>
internal sealed class RunTasks(RunReader reader, TimeSpan? overlap = null)
{
    private readonly TimeSpan _overlap = overlap ?? TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.OrdinalIgnoreCase);

    public async Task<IReadOnlyCollection<BatchTask>> ListAsync(BatchJob run, CancellationToken cancellationToken)
    {
        Known? known = _known.GetValueOrDefault(run.Id);
        bool ended = run.State == BatchJobState.Completed;
        if (known is null || known.Made != run.CreationTime || (ended && !known.IsFinal))
        {
            List<BatchTask> all = await reader.ListTasksAsync(run.Id, full: false, since: null, cancellationToken).ConfigureAwait(false);
            known = new Known(run.CreationTime, all.ToDictionary(task => task.Id, StringComparer.OrdinalIgnoreCase), Latest(all, null), ended);
        }
        else if (!known.IsFinal)
        {
            List<BatchTask> changed = await reader.ListTasksAsync(run.Id, full: false, known.Changed - _overlap, cancellationToken).ConfigureAwait(false);
            Dictionary<string, BatchTask> tasks = new(known.Tasks, StringComparer.OrdinalIgnoreCase);
            changed.ForEach(task => tasks[task.Id] = task);
            known = new Known(run.CreationTime, tasks, Latest(changed, known.Changed), IsFinal: false);
        }

        _known[run.Id] = known;
        return known.Tasks.Values;
    }

    private static DateTimeOffset? Latest(List<BatchTask> tasks, DateTimeOffset? before)
    {
        DateTimeOffset? latest = tasks.Max(task => task.StateTransitionTime);
        return latest > before || before is null ? latest : before;
    }

    private sealed record Known(DateTimeOffset? Made, Dictionary<string, BatchTask> Tasks, DateTimeOffset? Changed, bool IsFinal);
}
