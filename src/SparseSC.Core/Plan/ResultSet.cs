using System.Text.Json;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Plan;

/// <summary>Every result found in a batch directory, and what was refused.</summary>
internal sealed class ResultSet
{
    private readonly Dictionary<int, TaskResult> _results = [];
    private readonly List<InvalidResult> _invalid = [];

    public IReadOnlyDictionary<int, TaskResult> Results => _results;

    public IReadOnlyList<InvalidResult> Invalid => _invalid;

    public static ResultSet Read(string directory, string planHash, PlanParameters plan)
    {
        ResultSet set = new();
        string folder = Path.Combine(directory, PlanLayout.ResultsFolder);
        if (!Directory.Exists(folder))
        {
            return set;
        }

        foreach (string path in Directory.EnumerateFiles(folder, "*.json").Where(IsComplete).Order(StringComparer.Ordinal))
        {
            set.Add(path, planHash, plan);
        }

        return set;
    }

    public static TaskFailure[] ReadFailures(string directory, IReadOnlyDictionary<int, TaskResult> done)
    {
        string folder = Path.Combine(directory, PlanLayout.FailuresFolder);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        List<TaskFailure> failures = [];
        foreach (string path in Directory.EnumerateFiles(folder, "*.json").Where(IsComplete).Order(StringComparer.Ordinal))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
                JsonElement root = document.RootElement;
                int task = root.GetProperty("task").GetInt32();
                if (!done.ContainsKey(task))
                {
                    failures.Add(new TaskFailure { Task = task, ErrorId = root.GetProperty("errorId").GetString()!, Message = root.GetProperty("message").GetString()! });
                }
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
            {
                // A note about a failure that cannot be read is no reason to fail: the task counts as missing anyway.
            }
        }

        return [.. failures];
    }

    // Temporary files of a writer at work begin with a dot.
    private static bool IsComplete(string path) => !Path.GetFileName(path).StartsWith('.');

    private void Add(string path, string planHash, PlanParameters plan)
    {
        try
        {
            foreach (TaskResult result in TaskResultFile.Read(path, planHash, plan))
            {
                if (_results.TryGetValue(result.Task, out TaskResult? known) && !known.Scores.AsSpan().SequenceEqual(result.Scores))
                {
                    throw new BatchPlanException("ResultRefused", $"it contradicts another result of task {result.Task}");
                }

                _results[result.Task] = result;
            }
        }
        catch (BatchPlanException error)
        {
            _invalid.Add(new InvalidResult { File = path, Reason = error.Message });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _invalid.Add(new InvalidResult { File = path, Reason = $"it cannot be read ({error.Message})" });
        }
    }
}
