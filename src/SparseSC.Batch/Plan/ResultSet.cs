using System.Text.Json;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Plan;

/// <summary>Every result found in a batch directory, and what was refused.</summary>
internal sealed class ResultSet
{
    private const int MostNamed = 3;

    private readonly Dictionary<int, TaskResult> _results = [];
    private readonly List<InvalidResult> _invalid = [];
    private readonly Dictionary<int, TaskFailure> _failures = [];

    // Which file a task's result is from, and the files that do not agree about one.
    private readonly Dictionary<int, string> _files = [];
    private readonly SortedDictionary<int, SortedSet<string>> _contradicted = [];

    public IReadOnlyDictionary<int, TaskResult> Results => _results;

    public IReadOnlyList<InvalidResult> Invalid => _invalid;

    /// <summary>Tasks whose last run failed and that nobody has computed since.</summary>
    public TaskFailure[] Failures => [.. _failures.Values.Where(failure => !_results.ContainsKey(failure.Task)).OrderBy(failure => failure.Task)];

    public static ResultSet Read(string directory, string planHash, IPlanWork work)
        => Read(Path.Combine(directory, PlanLayout.ResultsFolder), Path.Combine(directory, PlanLayout.FailuresFolder), planHash, work);

    /// <summary>Reads the results in a folder that need not be that of the batch directory.</summary>
    public static ResultSet ReadFolder(string folder, string planHash, IPlanWork work) => Read(folder, null, planHash, work);

    private static ResultSet Read(string results, string? failures, string planHash, IPlanWork work)
    {
        ResultSet set = new();
        foreach (string path in Files(results))
        {
            set.Add(path, planHash, work);
        }

        set.LeaveContradictedOpen();
        set.Refuse(work.Contradictions(set._results));
        foreach (string path in failures is null ? [] : Files(failures))
        {
            set.AddFailure(path);
        }

        return set;
    }

    // Temporary files of a writer at work begin with a dot.
    private static bool IsComplete(string path) => !Path.GetFileName(path).StartsWith('.');

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Where(IsComplete).Order(StringComparer.Ordinal) : [];

    private void Add(string path, TaskResult result)
    {
        if (_results.TryAdd(result.Task, result))
        {
            _files[result.Task] = path;
        }
        else if (_contradicted.TryGetValue(result.Task, out SortedSet<string>? files) || !_results[result.Task].Agrees(result))
        {
            _contradicted[result.Task] = [.. files ?? [_files[result.Task]], path];
        }
    }

    // Nothing tells which of two is the right one, so the task counts as not done, whatever their files are called.
    private void LeaveContradictedOpen()
    {
        foreach (int task in _contradicted.Keys)
        {
            _results.Remove(task);
        }

        foreach (string file in _contradicted.Values.SelectMany(files => files).Distinct().Order(StringComparer.Ordinal))
        {
            int[] tasks = [.. _contradicted.Where(pair => pair.Value.Contains(file)).Select(pair => pair.Key)];
            string[] others = [.. tasks.SelectMany(task => _contradicted[task]).Where(other => other != file).Distinct().Select(other => $"'{Path.GetFileName(other)}'")];
            _invalid.Add(new InvalidResult
            {
                File = file,
                Reason = $"it contradicts {string.Join(", ", others.Take(MostNamed))}{(others.Length > MostNamed ? ", …" : "")} about task {IndexRanges.Say(tasks)}; delete what is wrong, or all of them",
            });
        }
    }

    private void Refuse(IReadOnlyDictionary<int, string> wrong)
    {
        foreach ((string file, IGrouping<string, int> tasks) in wrong.Keys.GroupBy(task => _files[task]).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, file)))
        {
            _invalid.Add(new InvalidResult { File = file, Reason = wrong[tasks.Min()] });
        }

        foreach (int task in wrong.Keys)
        {
            _results.Remove(task);
        }
    }

    private void AddFailure(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            TaskFailure failure = TaskFailureJson.Read(document.RootElement);
            _failures[failure.Task] = failure;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException)
        {
            // A note about a failure that cannot be read is no reason to fail: the task counts as missing anyway.
        }
    }

    private void Add(string path, string planHash, IPlanWork work)
    {
        try
        {
            TaskResults file = TaskResultFile.Read(path, planHash, work);
            foreach (TaskFailure failure in file.Failures)
            {
                _failures[failure.Task] = failure;
            }

            foreach (TaskResult result in file.Results)
            {
                Add(path, result);
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
