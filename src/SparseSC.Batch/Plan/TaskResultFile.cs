using System.Globalization;
using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>Result files: small JSON with the plan's hash and each task's identity.</summary>
internal static class TaskResultFile
{
    public const string Format = "sparsesc-result";

    // The longest text of a number and a comma; a task's identity; the longest note of one that failed.
    private const int BytesOfANumber = 32;
    private const int BytesOfATask = 512;
    private const int BytesOfANote = 16 << 10;

    /// <summary>Writes the results of tasks run together, with a note about those of them that failed.</summary>
    public static void Write(string path, string planHash, IPlanWork work, IReadOnlyList<TaskResult> results, IReadOnlyList<TaskFailure>? failures = null)
    {
        AtomicFile.Write(path, stream =>
        {
            using Utf8JsonWriter json = new(stream);
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", PlanParametersJson.Version);
            json.WriteString("planHash", planHash);
            json.WriteStartArray("results");
            foreach (TaskResult result in results)
            {
                json.WriteStartObject();
                json.WriteNumber("task", result.Task);
                work.WriteResult(json, result);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (failures?.Count > 0)
            {
                json.WriteStartArray("failures");
                foreach (TaskFailure failure in failures)
                {
                    TaskFailureJson.Write(json, failure);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Reads a result file of a plan.</summary>
    /// <exception cref="BatchPlanException">The file is damaged, of another plan, or claims an identity the plan does not have.</exception>
    public static TaskResults Read(string path, string planHash, IPlanWork work)
    {
        try
        {
            CheckLength(path, work);
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            PlanParametersJson.CheckHeader(root, Format, PlanParametersJson.Version, path);
            if (root.Field("planHash").GetString() != planHash)
            {
                throw Refuse("it belongs to another plan");
            }

            TaskResult[] results = [.. root.Field("results").EnumerateArray().Select(result => Parse(result, work))];
            TaskFailure[] failures = root.TryGetProperty("failures", out JsonElement notes) ? [.. notes.EnumerateArray().Select(TaskFailureJson.Read)] : [];
            return new TaskResults(results, failures);
        }
        catch (JsonException error)
        {
            throw Refuse($"it is truncated or damaged ({JsonFault.Reason(error)})");
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Refuse($"it lacks what a result must hold ({JsonFault.Reason(error)})");
        }
    }

    // Whoever can write results could otherwise make every merge read and parse whatever they like.
    private static void CheckLength(string path, IPlanWork work)
    {
        long most = (work.Numbers * BytesOfANumber) + ((long)work.Tasks * (BytesOfATask + BytesOfANote)) + BytesOfANote;
        if (new FileInfo(path) is { Exists: true } file && file.Length > most)
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"it has {file.Length:N0} bytes, and the results of all {work.Tasks} tasks have at most {most:N0}"));
        }
    }

    private static TaskResult Parse(JsonElement json, IPlanWork work)
    {
        int task = json.Field("task").GetInt32();
        return task >= 0 && task < work.Tasks
            ? work.ReadResult(task, json)
            : throw Refuse($"it is of task {task}, and the plan has {(work.Tasks == 0 ? "no tasks" : $"tasks 0 to {work.Tasks - 1}")}");
    }

    /// <summary>The refusal of a result file.</summary>
    public static BatchPlanException Refuse(string reason) => new("ResultRefused", reason);
}
