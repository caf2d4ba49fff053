using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>Removes tasks' files from nodes when their time to be kept is over.</summary>
internal static class Retention
{
    // Timers cannot be set to just before a time.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the end of a completed task's time and removes its directory.</summary>
    public static async Task WatchAsync(Account account, TaskResource task)
    {
        // A run that was given up may still write.
        await task.LastRun;
        Outcome? outcome = task.Outcome;
        while (Remaining(account, task, outcome) is { } time)
        {
            if (time > TimeSpan.Zero)
            {
                await Task.Delay(time + Late);
                continue;
            }

            lock (account.Gate)
            {
                if (task.Outcome == outcome && task.State == "completed" && task.Node is { } node && task.FullRoot is { } folder)
                {
                    NodeFolder.Remove(folder);
                    node.Disk.Forget(folder);
                }
            }

            return;
        }
    }

    // Null when nothing is to be removed: a task that is tried anew has another outcome, and its constraints can be changed.
    private static TimeSpan? Remaining(Account account, TaskResource task, Outcome? outcome)
    {
        lock (account.Gate)
        {
            return task.Outcome == outcome && task.State == "completed" && task.FilesEnd is { } end ? end - DateTime.UtcNow : null;
        }
    }
}
