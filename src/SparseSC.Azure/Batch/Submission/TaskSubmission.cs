using Azure;
using Azure.Core;
using SparseSC.Azure.Batch.Protocol;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Batch.Submission;

/// <summary>Brings tasks into a job, whatever the service does meanwhile.</summary>
internal sealed class TaskSubmission(BatchConnection connection, string jobId, BatchTaskAddOptions options)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private BatchTaskAddResult[] _results = [];
    private int _settled;

    public async Task<IReadOnlyList<BatchTaskAddResult>> RunAsync(IEnumerable<BatchTaskCreateOptions> tasks, CancellationToken cancellationToken)
    {
        TaskPayload[] payloads = [.. tasks.Select(TaskPayload.Of)];
        RefuseDuplicates(payloads);
        _results = new BatchTaskAddResult[payloads.Length];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(TaskChunk.Cut(payloads), parallel, SettleAsync).ConfigureAwait(false);
        return _results;
    }

    private static void RefuseDuplicates(TaskPayload[] payloads)
    {
        HashSet<string> seen = new(payloads.Length, StringComparer.OrdinalIgnoreCase);
        foreach (TaskPayload task in payloads)
        {
            if (!seen.Add(task.Id))
            {
                throw new InvalidInputException(
                    "BatchTaskIdDuplicate",
                    $"The task id '{task.Id}' occurs twice in one collection (letter case makes no difference). Give each task its own id.",
                    "tasks");
            }
        }
    }

    // All that grows out of a chunk stays with it, so that no more requests are under way than was said.
    private async ValueTask SettleAsync(TaskChunk chunk, CancellationToken cancellationToken)
    {
        Stack<TaskChunk> open = new([chunk]);
        while (open.TryPop(out TaskChunk? next))
        {
            if (next.Attempt > 0)
            {
                await Task.Delay(DelayBefore(next.Attempt), cancellationToken).ConfigureAwait(false);
            }

            BatchAddress address = new("jobs", jobId, "addtaskcollection");
            using HttpMessage message = connection.CreateRaw(RequestMethod.Post, address, next.Body());
            try
            {
                await connection.SendUndisposedAsync(message, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException error) when (error.Status == 413 || error.ErrorCode == "RequestBodyTooLarge")
            {
                Shrink(Known(next, message), error, open);
                continue;
            }

            BatchTaskCollectionResult answer = BatchConnection.Read<BatchTaskCollectionResult>(message.Response);
            if (Record(Known(next, message), answer) is { } again)
            {
                open.Push(again);
            }
        }
    }

    // An attempt whose answer was lost may have added tasks, and only the pipeline knows that there was one.
    private static TaskChunk Known(TaskChunk chunk, HttpMessage message) =>
        chunk with { MayBeThere = chunk.MayBeThere || message.ProcessingContext.RetryNumber > 0 };

    private void Shrink(TaskChunk chunk, RequestFailedException error, Stack<TaskChunk> open)
    {
        if (chunk.Tasks.Length == 1)
        {
            TaskPayload task = chunk.Tasks.Span[0];
            BatchErrorMessage message = new("en-US", $"The task by itself, {task.Json.Length} bytes, is too large for a request: {error.Message}");
            Settle(task, BatchTaskAddOutcome.Rejected, new BatchError { Code = error.ErrorCode ?? "RequestBodyTooLarge", Message = message });
            return;
        }

        (TaskChunk first, TaskChunk second) = chunk.Halve();
        open.Push(second);
        open.Push(first);
    }

    /// <summary>Takes the answer down; returns the tasks that have to be sent again.</summary>
    private TaskChunk? Record(TaskChunk chunk, BatchTaskCollectionResult answer)
    {
        Dictionary<string, BatchTaskCreateResult> byId = new(StringComparer.OrdinalIgnoreCase);
        foreach (BatchTaskCreateResult result in answer.Value ?? [])
        {
            byId[result.TaskId ?? ""] = result;
        }

        List<TaskPayload> again = [];
        foreach (TaskPayload task in chunk.Tasks.Span)
        {
            BatchTaskCreateResult? result = byId.GetValueOrDefault(task.Id);
            switch (result?.Status)
            {
                case BatchTaskAddStatus.Success:
                    Settle(task, BatchTaskAddOutcome.Added, null);
                    break;
                case BatchTaskAddStatus.ClientError:
                    bool isThere = result.Error?.Code == "TaskExists" && (chunk.MayBeThere || options.AcceptExisting);
                    Settle(task, isThere ? BatchTaskAddOutcome.AlreadyThere : BatchTaskAddOutcome.Rejected, result.Error);
                    break;
                // A task that the answer does not mention is as uncertain as one the service failed at.
                case null or BatchTaskAddStatus.ServerError or BatchTaskAddStatus.Unknown when chunk.Attempt < options.MaxServerErrorRetries:
                    again.Add(task);
                    break;
                default:
                    Settle(task, BatchTaskAddOutcome.ServerFailed, result?.Error);
                    break;
            }
        }

        return again.Count == 0 ? null : new TaskChunk(again.ToArray(), chunk.Attempt + 1, MayBeThere: true);
    }

    private void Settle(TaskPayload task, BatchTaskAddOutcome outcome, BatchError? error)
    {
        _results[task.Index] = new BatchTaskAddResult(task.Id, outcome, error);
        options.Progress?.Report(Interlocked.Increment(ref _settled));
    }

    private TimeSpan DelayBefore(int attempt)
    {
        double delay = options.ServerErrorDelay.TotalMilliseconds * Math.Pow(2, attempt - 1);
        return TimeSpan.FromMilliseconds(Math.Min(delay, LongestDelay.TotalMilliseconds));
    }
}
