using System.Runtime.CompilerServices;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>Reads what a task writes while it runs, piece by piece.</summary>
public sealed class TaskOutputFollower
{
    private readonly IBatchBackend _backend;
    private readonly TimeSpan _pause;

    /// <summary>Creates a follower; a null interval takes the backend's own.</summary>
    public TaskOutputFollower(IBatchBackend backend, TimeSpan? pollingInterval = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        _backend = backend;
        _pause = pollingInterval ?? backend.PollingInterval;
    }

    /// <summary>Pieces as they are written, of all runs of the task, until it is over; what was written before comes first.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Core.Errors.BatchJobException">There is no such job (<c>JobNotFound</c>) or task (<c>TaskNotFound</c>).</exception>
    public async IAsyncEnumerable<JobTaskOutput> FollowAsync(string jobId, string taskId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<int, (int Output, int Error)> seen = [];
        while (true)
        {
            // Asked before the reading, so that what a task wrote at last is not missed.
            bool isOver = await IsOverAsync(jobId, taskId, cancellationToken).ConfigureAwait(false);
            await foreach (JobTaskOutput output in _backend.ReadOutputAsync(jobId, taskId, cancellationToken).ConfigureAwait(false))
            {
                (int Output, int Error) before = seen.GetValueOrDefault(output.Run);
                seen[output.Run] = (output.StandardOutput.Length, output.StandardError.Length);
                output.StandardOutput = After(output.StandardOutput, before.Output);
                output.StandardError = After(output.StandardError, before.Error);
                if (output.StandardOutput.Length + output.StandardError.Length > 0)
                {
                    yield return output;
                }
            }

            if (isOver)
            {
                yield break;
            }

            await Task.Delay(_pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string After(string text, int seen) => text.Length > seen ? text[seen..] : "";

    private async Task<bool> IsOverAsync(string jobId, string taskId, CancellationToken cancellationToken)
    {
        if ((await _backend.GetAsync(jobId, cancellationToken).ConfigureAwait(false)).IsFinished)
        {
            return true;
        }

        await foreach (JobTask task in _backend.ListTasksAsync(jobId, cancellationToken).ConfigureAwait(false))
        {
            if (task.Id.Equals(taskId, StringComparison.OrdinalIgnoreCase))
            {
                return task.State is JobTaskState.Completed or JobTaskState.Failed;
            }
        }

        return false;
    }
}
