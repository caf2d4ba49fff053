using System.Globalization;
using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>The worker's own logs of its attempts, which no later attempt writes over.</summary>
internal static class AttemptLogs
{
    /// <summary>How the name of an attempt's standard output ends; before it stands the time of the attempt.</summary>
    public const string Output = ".out.txt";

    /// <summary>How the name of an attempt's standard error ends.</summary>
    public const string Error = ".err.txt";

    /// <summary>All that was written, each attempt once.</summary>
    /// <param name="attempts">The worker's own logs, the earliest first.</param>
    /// <param name="streams">The streams that the service or a restart kept, the earliest first; they may hold more than the worker knows of, as what the system says when it cannot be started.</param>
    public static IReadOnlyList<TaskLog> Join(IReadOnlyList<TaskLog> attempts, IReadOnlyList<TaskLog> streams)
    {
        List<TaskLog> all = [.. attempts];
        int next = 0;
        for (int i = 0; i < streams.Count; i++)
        {
            TaskLog stream = streams[i];

            // The first line of an attempt has its time, so none is the beginning of another's.
            int same = all.FindIndex(attempt => attempt.StandardOutput.Length > 0
                && stream.StandardOutput.StartsWith(attempt.StandardOutput, StringComparison.Ordinal)
                && stream.StandardError.StartsWith(attempt.StandardError, StringComparison.Ordinal));
            if (same >= 0)
            {
                all[same] = stream;
                next = same + 1;
            }
            else
            {
                all.Insert(i < streams.Count - 1 ? next++ : all.Count, stream);
            }
        }

        return all;
    }

    /// <summary>A note on the latest attempt: how it ended, and how many there were when not all left a log.</summary>
    /// <param name="task">The task as the service tells of it.</param>
    /// <param name="logs">How many attempts left a log.</param>
    public static string Note(BatchTask task, int logs)
    {
        BatchTaskExecutionInfo ran = task.ExecutionInfo ?? new BatchTaskExecutionInfo();
        int attempts = 1 + (ran.RetryCount ?? 0) + (ran.RequeueCount ?? 0);
        List<string> parts = [];
        if (attempts > 1)
        {
            string lost = attempts > logs ? string.Create(CultureInfo.InvariantCulture, $"; {attempts - logs} of them left no log, ended before the worker wrote a line") : "";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"This is attempt {attempts} of the service at plan tasks {task.DisplayName ?? "unknown"}{lost}."));
        }

        if (task.State == BatchTaskState.Completed)
        {
            string exit = ran.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" with exit code {code}") : "";
            string node = task.NodeInfo?.NodeId is { } id ? $" on '{id}'" : "";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"It ended{exit}{node} at {ran.EndTime:yyyy-MM-dd'T'HH:mm:ss'Z'}."));
        }

        return string.Join(' ', parts);
    }
}
