using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Plan;

/// <summary>Result files: small JSON with the plan's hash and each task's identity.</summary>
internal static class TaskResultFile
{
    public const string Format = "sparsesc-result";

    /// <summary>Writes the results of tasks run together, with a note about those of them that failed.</summary>
    public static void Write(string path, string planHash, IReadOnlyList<TaskResult> results, IReadOnlyList<TaskFailure>? failures = null)
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
                json.WriteNumber("fold", result.Fold);
                json.WriteStartArray("penalties");
                foreach (int index in result.PenaltyIndices)
                {
                    json.WriteNumberValue(index);
                }

                json.WriteEndArray();
                json.WriteStartArray("scores");
                foreach (double score in result.Scores)
                {
                    json.WriteNumberValue(score);
                }

                json.WriteEndArray();
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
    public static TaskResults Read(string path, string planHash, PlanParameters plan)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            PlanParametersJson.CheckHeader(root, Format, PlanParametersJson.Version, path);
            if (root.GetProperty("planHash").GetString() != planHash)
            {
                throw Refuse("it belongs to another plan");
            }

            TaskResult[] results = [.. root.GetProperty("results").EnumerateArray().Select(Parse)];
            foreach (TaskResult result in results)
            {
                CheckIdentity(result, plan);
            }

            TaskFailure[] failures = root.TryGetProperty("failures", out JsonElement notes) ? [.. notes.EnumerateArray().Select(TaskFailureJson.Read)] : [];
            return new TaskResults(results, failures);
        }
        catch (JsonException error)
        {
            throw Refuse($"it is truncated or damaged ({error.Message})");
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Refuse($"it lacks what a result must hold ({error.Message})");
        }
    }

    private static TaskResult Parse(JsonElement json) => new(
        json.GetProperty("task").GetInt32(),
        json.GetProperty("fold").GetInt32(),
        [.. json.GetProperty("penalties").EnumerateArray().Select(e => e.GetInt32())],
        [.. json.GetProperty("scores").EnumerateArray().Select(e => e.GetDouble())]);

    private static void CheckIdentity(TaskResult result, PlanParameters plan)
    {
        if (result.Task < 0 || result.Task >= plan.Tasks)
        {
            throw Refuse($"it is of task {result.Task}, and the plan has tasks 0 to {plan.Tasks - 1}");
        }

        PlanTask expected = plan.Task(result.Task);
        if (expected.Fold != result.Fold || !expected.PenaltyIndices.AsSpan().SequenceEqual(result.PenaltyIndices) || result.Scores.Length != result.PenaltyIndices.Length)
        {
            throw Refuse($"task {result.Task} is fold {expected.Fold} at penalties {string.Join(", ", expected.PenaltyIndices)}, not fold {result.Fold} at {string.Join(", ", result.PenaltyIndices)}");
        }

        if (result.Scores.Any(s => !double.IsFinite(s) || s < 0))
        {
            throw Refuse($"task {result.Task} has a score that is not a number of 0 or more");
        }
    }

    private static BatchPlanException Refuse(string reason) => new("ResultRefused", reason);
}
