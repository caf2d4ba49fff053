using System.Text.Json;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch.Submission;

/// <summary>A task as it goes over the wire, with its place among all tasks.</summary>
internal readonly record struct TaskPayload(int Index, string Id, byte[] Json)
{
    public static TaskPayload Of(BatchTaskCreateOptions task, int index) =>
        new(index, task.Id, JsonSerializer.SerializeToUtf8Bytes(task, BatchJson.Info<BatchTaskCreateOptions>()));
}

/// <summary>Tasks that go in one request.</summary>
/// <param name="Tasks">The tasks; never none.</param>
/// <param name="Attempt">How often the service failed at them so far.</param>
/// <param name="MayBeThere">Whether an earlier attempt may have added some of them.</param>
internal sealed record TaskChunk(ReadOnlyMemory<TaskPayload> Tasks, int Attempt = 0, bool MayBeThere = false)
{
    /// <summary>The most tasks the service takes in a request.</summary>
    public const int MostTasks = 100;

    /// <summary>The longest body we send: the service takes less than 1 MB.</summary>
    public const int MostBytes = 1_000_000;

    private static readonly byte[] Head = [.. "{\"value\":["u8];
    private static readonly byte[] Tail = [.. "]}"u8];

    /// <summary>Cuts tasks, in their order, into chunks as large as are allowed. A task that is too large by itself stays alone.</summary>
    public static IEnumerable<TaskChunk> Cut(TaskPayload[] tasks)
    {
        int start = 0;
        int bytes = Head.Length + Tail.Length;
        for (int i = 0; i < tasks.Length; i++)
        {
            int length = tasks[i].Json.Length + 1;
            if (i > start && (i - start == MostTasks || bytes + length >= MostBytes))
            {
                yield return new TaskChunk(tasks.AsMemory(start..i));
                start = i;
                bytes = Head.Length + Tail.Length;
            }

            bytes += length;
        }

        if (start < tasks.Length)
        {
            yield return new TaskChunk(tasks.AsMemory(start..));
        }
    }

    /// <summary>Both halves of a chunk of at least two tasks.</summary>
    public (TaskChunk First, TaskChunk Second) Halve()
    {
        int middle = Tasks.Length / 2;
        return (this with { Tasks = Tasks[..middle] }, this with { Tasks = Tasks[middle..] });
    }

    /// <summary>The request's body.</summary>
    public byte[] Body()
    {
        int length = Head.Length + Tail.Length + Tasks.Length - 1;
        foreach (TaskPayload task in Tasks.Span)
        {
            length += task.Json.Length;
        }

        byte[] body = new byte[length];
        Head.CopyTo(body, 0);
        int at = Head.Length;
        foreach (TaskPayload task in Tasks.Span)
        {
            if (at > Head.Length)
            {
                body[at++] = (byte)',';
            }

            task.Json.CopyTo(body, at);
            at += task.Json.Length;
        }

        Tail.CopyTo(body, at);
        return body;
    }
}
