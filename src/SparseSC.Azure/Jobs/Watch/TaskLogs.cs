using System.Globalization;
using System.Text;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Reads the output of one run of a task.</summary>
internal sealed record TaskLog(string StandardOutput, string StandardError);

/// <summary>Finds what tasks wrote: on the node while it lives, and in storage afterwards.</summary>
/// <remarks>
/// A task's definition uploads its streams to the folder of its first run, also when it runs again. A restart therefore moves what is
/// there to the next free number first, so that the numbers from 2 on are earlier runs, the earliest first, and 1 is the latest. Attempts
/// that the service makes by itself ask nobody, so the worker keeps a log of each in files of its own; see <see cref="AttemptLogs"/>.
/// </remarks>
internal sealed class TaskLogs(AzureServices services)
{
    public const string Output = "stdout.txt";
    public const string Error = "stderr.txt";
    public const int LatestRun = 1;

    private const int Longest = 4 << 20;

    /// <summary>The logs of a task in one run of the job, the earliest first.</summary>
    public async Task<IReadOnlyList<TaskLog>> AllOfAsync(JobRecord record, RunTask task, bool isLatest, CancellationToken cancellationToken)
    {
        Stored stored = await ListAsync(record, task.BatchJobId, task.Id, cancellationToken).ConfigureAwait(false);
        TaskLog? fresh = isLatest ? await OnNodeAsync(task, cancellationToken).ConfigureAwait(false) : null;
        List<TaskLog> streams = [];
        foreach (int run in stored.Runs.Where(run => run != LatestRun).Order())
        {
            streams.Add(await StoredAsync(OutputsOf(record, task.BatchJobId), task.Id, run, cancellationToken).ConfigureAwait(false));
        }

        // What stands under the latest run is older than what is on the node while the task is underway, and was moved aside if it was restarted.
        bool isStale = !task.IsOver && streams.Count > 0;
        bool isSame = fresh is not null && task.IsOver;
        if (stored.Runs.Contains(LatestRun) && !isStale && !isSame)
        {
            streams.Add(await StoredAsync(OutputsOf(record, task.BatchJobId), task.Id, LatestRun, cancellationToken).ConfigureAwait(false));
        }

        if (fresh is not null)
        {
            streams.Add(fresh);
        }

        return AttemptLogs.Join(await AttemptsAsync(OutputsOf(record, task.BatchJobId), stored, cancellationToken).ConfigureAwait(false), streams);
    }

    /// <summary>The logs that a run which is gone left in storage.</summary>
    public async Task<IReadOnlyList<TaskLog>> LeftByAsync(JobRecord record, string batchJobId, string taskId, CancellationToken cancellationToken)
    {
        Stored stored = await ListAsync(record, batchJobId, taskId, cancellationToken).ConfigureAwait(false);
        List<TaskLog> streams = [];
        foreach (int run in stored.Runs.OrderBy(run => run == LatestRun ? int.MaxValue : run))
        {
            streams.Add(await StoredAsync(OutputsOf(record, batchJobId), taskId, run, cancellationToken).ConfigureAwait(false));
        }

        return AttemptLogs.Join(await AttemptsAsync(OutputsOf(record, batchJobId), stored, cancellationToken).ConfigureAwait(false), streams);
    }

    /// <summary>The worker's own error message in a task's latest run; <c>null</c> when there is none.</summary>
    public async Task<string?> WordsOfAsync(JobRecord record, RunTask task, CancellationToken cancellationToken)
    {
        string? error = await ReadStoredAsync(OutputsOf(record, task.BatchJobId), task.Id, LatestRun, Error, cancellationToken).ConfigureAwait(false)
            ?? await ReadOnNodeAsync(task, Error, cancellationToken).ConfigureAwait(false);
        return error is null ? null : WorkerMessage.Of(error);
    }

    /// <summary>Moves what stands under the latest run to a number of its own, before the task runs again.</summary>
    public async Task KeepAsync(JobRecord record, RunTask task, CancellationToken cancellationToken)
    {
        StorageContainer? container = OutputsOf(record, task.BatchJobId);
        IReadOnlySet<int> runs = (await ListAsync(record, task.BatchJobId, task.Id, cancellationToken).ConfigureAwait(false)).Runs;
        TaskLog? log = runs.Contains(LatestRun)
            ? await StoredAsync(OutputsOf(record, task.BatchJobId), task.Id, LatestRun, cancellationToken).ConfigureAwait(false)
            : await OnNodeAsync(task, cancellationToken).ConfigureAwait(false);
        if (log is null || container is null)
        {
            return;
        }

        string folder = JobLayout.LogRunFolder(task.Id, Math.Max(runs.DefaultIfEmpty(LatestRun).Max(), LatestRun) + 1);
        await container.WriteTextAsync($"{folder}/{Output}", log.StandardOutput, cancellationToken: cancellationToken).ConfigureAwait(false);
        await container.WriteTextAsync($"{folder}/{Error}", log.StandardError, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private StorageContainer? OutputsOf(JobRecord record, string batchJobId) => record.FindRun(batchJobId) is { } run ? services.OutputsOf(run) : null;

    private async Task<Stored> ListAsync(JobRecord record, string batchJobId, string taskId, CancellationToken cancellationToken)
    {
        string folder = JobLayout.LogFolder(taskId);
        HashSet<int> runs = [];
        List<string> attempts = [];
        if (OutputsOf(record, batchJobId) is not { } container)
        {
            return new Stored(runs, attempts);
        }

        try
        {
            await foreach (StoredBlob blob in container.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                string[] parts = blob.Name[folder.Length..].Split('/');
                if (parts[^1].EndsWith(AttemptLogs.Output, StringComparison.Ordinal))
                {
                    attempts.Add(blob.Name[..^AttemptLogs.Output.Length]);
                }
                else if (parts[^1] is Output or Error
                    && parts[0].StartsWith("run-", StringComparison.Ordinal)
                    && int.TryParse(parts[0].AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    runs.Add(number);
                }
            }
        }
        catch (BatchJobException error) when (IsGone(error))
        {
            // Without a container there are no logs.
        }

        attempts.Sort(StringComparer.Ordinal);
        return new Stored(runs, attempts);
    }

    private static async Task<List<TaskLog>> AttemptsAsync(StorageContainer? container, Stored stored, CancellationToken cancellationToken)
    {
        List<TaskLog> attempts = [];
        foreach (string attempt in stored.Attempts)
        {
            attempts.Add(new TaskLog(
                await ReadBlobAsync(container, attempt + AttemptLogs.Output, cancellationToken).ConfigureAwait(false) ?? "",
                await ReadBlobAsync(container, attempt + AttemptLogs.Error, cancellationToken).ConfigureAwait(false) ?? ""));
        }

        return attempts;
    }

    private static async Task<TaskLog> StoredAsync(StorageContainer? container, string taskId, int run, CancellationToken cancellationToken) => new(
        await ReadStoredAsync(container, taskId, run, Output, cancellationToken).ConfigureAwait(false) ?? "",
        await ReadStoredAsync(container, taskId, run, Error, cancellationToken).ConfigureAwait(false) ?? "");

    private static Task<string?> ReadStoredAsync(StorageContainer? container, string taskId, int run, string file, CancellationToken cancellationToken) =>
        ReadBlobAsync(container, $"{JobLayout.LogRunFolder(taskId, run)}/{file}", cancellationToken);

    private static async Task<string?> ReadBlobAsync(StorageContainer? container, string blob, CancellationToken cancellationToken)
    {
        if (container is null)
        {
            return null;
        }

        try
        {
            return (await container.ReadTextAsync(blob, cancellationToken).ConfigureAwait(false))?.Text;
        }
        catch (BatchJobException error) when (error.ErrorId == ErrorIds.StorageTextTooLong)
        {
            return $"(more than {Longest >> 20} MiB; see the blob '{blob}')";
        }
        catch (BatchJobException error) when (IsGone(error))
        {
            return null;
        }
    }

    private async Task<TaskLog?> OnNodeAsync(RunTask task, CancellationToken cancellationToken)
    {
        string? output = await ReadOnNodeAsync(task, Output, cancellationToken).ConfigureAwait(false);
        string? error = await ReadOnNodeAsync(task, Error, cancellationToken).ConfigureAwait(false);
        return output is null && error is null ? null : new TaskLog(output ?? "", error ?? "");
    }

    private async Task<string?> ReadOnNodeAsync(RunTask task, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await BatchCall.RunAsync(
                $"read '{file}' of the task '{task.Id}'",
                async () =>
                {
                    using Stream stream = (await services.Batch.Files.OpenFromTaskAsync(task.BatchJobId, task.Id, file, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
                    return await ReadTextAsync(stream, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken,
                task.BatchJobId).ConfigureAwait(false);
        }
        catch (BatchJobException)
        {
            // A task that never ran, a node that is gone, files that were cleaned up: there is nothing to read on the node.
            return null;
        }
    }

    private static async Task<string> ReadTextAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 16];
        using MemoryStream content = new();
        for (int read; content.Length < Longest && (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            content.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
    }

    private static bool IsGone(BatchJobException error) => error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted;

    private sealed record Stored(IReadOnlySet<int> Runs, IReadOnlyList<string> Attempts);
}
