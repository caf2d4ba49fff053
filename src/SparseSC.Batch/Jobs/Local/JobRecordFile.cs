using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>The JSON form of a <see cref="JobRecord"/>.</summary>
internal static class JobRecordFile
{
    private const int Version = 1;

    public static void Write(string path, JobRecord record) => AtomicFile.Write(path, stream =>
    {
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("id", record.Id);
        writer.WriteString("batchDirectory", record.BatchDirectory);
        writer.WriteString("planHash", record.PlanHash);
        writer.WriteNumber("tasks", record.Tasks);
        writer.WriteString("created", record.Created);
        if (record.Stopped is DateTimeOffset stopped)
        {
            writer.WriteString("stopped", stopped);
        }

        writer.WriteBoolean("detached", record.Detached);
        writer.WriteString("machine", record.Machine);
        if (record.Launcher is ProcessIdentity launcher)
        {
            writer.WritePropertyName("launcher");
            Write(writer, launcher);
        }

        writer.WriteStartArray("workers");
        foreach (ProcessIdentity worker in record.Workers)
        {
            Write(writer, worker);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <exception cref="BatchJobException">The file is not a job record.</exception>
    public static JobRecord Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            int version = root.Field("version").GetInt32();
            if (version != Version)
            {
                throw new BatchJobException(ErrorIds.JobRecordUnreadable, $"Job record '{path}' has version {version}; this version of the module reads {Version}.");
            }

            return new JobRecord
            {
                Id = Text(root, "id"),
                BatchDirectory = Text(root, "batchDirectory"),
                PlanHash = Text(root, "planHash"),
                Tasks = root.Field("tasks").GetInt32(),
                Created = root.Field("created").GetDateTimeOffset(),
                Stopped = root.TryGetProperty("stopped", out JsonElement stopped) ? stopped.GetDateTimeOffset() : null,
                Detached = root.Field("detached").GetBoolean(),
                Machine = Text(root, "machine"),
                Launcher = root.TryGetProperty("launcher", out JsonElement launcher) ? Process(launcher) : null,
                Workers = [.. root.Field("workers").EnumerateArray().Select(Process)],
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BatchJobException(
                ErrorIds.JobRecordUnreadable,
                $"Job record '{path}' is damaged: {JsonFault.Reason(error)}. Delete its folder and start the job again; results in the batch directory are kept.",
                innerException: error);
        }
    }

    private static string Text(JsonElement parent, string name) =>
        parent.Field(name).GetString() ?? throw new JsonFieldException($"'{name}' is null");

    private static void Write(Utf8JsonWriter writer, ProcessIdentity process)
    {
        writer.WriteStartObject();
        writer.WriteNumber("process", process.Id);
        writer.WriteString("started", process.StartMark);
        writer.WriteEndObject();
    }

    private static ProcessIdentity Process(JsonElement element) =>
        new(element.Field("process").GetInt32(), Text(element, "started"));
}
