using System.Text.Json;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Output;

namespace SparseSC.Cli.Jobs;

/// <summary>Jobs and what belongs to them as JSON properties.</summary>
internal static class JobJson
{
    public static void Write(Utf8JsonWriter writer, BatchJob job, Func<string, string> spell)
    {
        writer.WriteString("id", job.Id);
        writer.WriteString("state", Word(job.State));
        writer.WriteNumber("tasks", job.Tasks);
        writer.WriteNumber("done", job.Done);
        writer.WriteNumber("running", job.Running);
        writer.WriteNumber("failed", job.Failed);
        writer.WriteNumber("left", job.Left);
        writer.WriteString("created", job.Created);
        WriteTime(writer, "ended", job.Ended);
        writer.WriteString("batchDirectory", job.BatchDirectory);
        writer.WriteString("planHash", job.PlanHash);
        WriteText(writer, "poolId", job.PoolId);
        WriteNumber(writer, "nodes", job.Nodes);
        WriteText(writer, "containerName", job.ContainerName);
        writer.WriteBoolean("needsAttention", job.NeedsAttention);
        writer.WriteString("message", spell(job.Message));
    }

    public static void Write(Utf8JsonWriter writer, BatchResults results, Func<string, string> spell)
    {
        WriteText(writer, "jobId", results.JobId);
        writer.WriteString("batchDirectory", results.BatchDirectory);
        writer.WriteString("planHash", results.PlanHash);
        writer.WriteNumber("tasks", results.Tasks);
        writer.WriteNumber("done", results.Done);
        PlanJson.WriteInts(writer, "missing", results.Missing);
        writer.WriteStartArray("failed");
        foreach (TaskFailure failure in results.Failed)
        {
            writer.WriteStartObject();
            writer.WriteNumber("task", failure.Task);
            writer.WriteString("errorId", failure.ErrorId);
            writer.WriteString("message", spell(failure.Message));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("invalid");
        foreach (InvalidResult invalid in results.Invalid)
        {
            writer.WriteStartObject();
            writer.WriteString("file", invalid.File);
            writer.WriteString("reason", spell(invalid.Reason));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteText(writer, "fitFile", results.FitFile);
        writer.WriteBoolean("complete", results.IsComplete);
        writer.WriteString("message", spell(results.Message));
    }

    public static void Write(Utf8JsonWriter writer, JobTask task, Func<string, string> spell)
    {
        writer.WriteString("id", task.Id);
        writer.WriteString("state", Word(task.State));
        writer.WriteString("planTasks", task.PlanTasks);
        PlanJson.WriteInts(writer, "folds", task.Folds);
        PlanJson.WriteInts(writer, "penalties", task.Penalties);
        WriteText(writer, "node", task.Node);
        WriteNumber(writer, "exitCode", task.ExitCode);
        WriteTime(writer, "started", task.Started);
        WriteTime(writer, "ended", task.Ended);
        if (task.Duration is TimeSpan duration)
        {
            writer.WriteNumber("seconds", Math.Round(duration.TotalSeconds, 3));
        }

        writer.WriteNumber("retries", task.Retries);
        writer.WriteNumber("requeues", task.Requeues);
        writer.WriteString("diagnosis", spell(task.Diagnosis));
    }

    public static void Write(Utf8JsonWriter writer, JobTaskOutput output)
    {
        writer.WriteNumber("run", output.Run);
        writer.WriteBoolean("isLatest", output.IsLatest);
        writer.WriteString("note", output.Note);
        writer.WriteString("standardOutput", output.StandardOutput);
        writer.WriteString("standardError", output.StandardError);
    }

    public static void Write(Utf8JsonWriter writer, ConfigFinding finding, Func<string, string> spell)
    {
        writer.WriteString("check", finding.Check);
        writer.WriteString("severity", Word(finding.Severity));
        writer.WriteString("message", spell(finding.Message));
    }

    /// <summary>Writes a list of objects.</summary>
    public static void WriteAll<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A word of an enumeration as it stands in JSON: <c>alreadyRunning</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is int number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is DateTimeOffset time)
        {
            writer.WriteString(name, time);
        }
    }
}
