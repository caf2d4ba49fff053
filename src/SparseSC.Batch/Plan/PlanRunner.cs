using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Batch.Plan;

/// <summary>Runs tasks of a plan in this process.</summary>
internal sealed class PlanRunner
{
    // Whoever waits for another worker's task looks this often whether it is over; looking costs a file that is opened.
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly string _directory;
    private readonly string _hash;
    private readonly IPlanWork _work;
    private readonly ITaskRunner _runner;
    private readonly TaskRange[] _steps;

    public PlanRunner(string directory, string hash, IPlanWork work)
    {
        _directory = directory;
        _hash = hash;
        _work = work;
        _runner = work.CreateRunner();
        _steps = TaskRange.Steps(work.Stages);
    }

    /// <summary>Runs the given tasks in order, those of earlier stages first, and writes one result file; a failed task ends nothing, and one that is all there is leaves no file.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="outputFile">The result file.</param>
    /// <param name="resultsDirectory">The folder of results that tasks of later stages need.</param>
    /// <param name="cancellationToken">Stops within one evaluation.</param>
    /// <returns>The tasks that failed.</returns>
    public List<TaskFailure> RunToFile(IReadOnlyList<int> tasks, string outputFile, string resultsDirectory, CancellationToken cancellationToken)
    {
        if (tasks.Any(task => !_steps[0].Contains(task)))
        {
            _runner.Learn(ResultSet.ReadFolder(resultsDirectory, _hash, _work).Results.Values);
        }

        Func<int, CancellationToken, TaskResult> run = _runner.CreateWorker();
        List<TaskResult> results = [];
        List<TaskFailure> failures = [];
        foreach (int task in tasks.OrderBy(task => Array.FindIndex(_steps, step => step.Contains(task))))
        {
            try
            {
                results.Add(run(task, cancellationToken));
                _runner.Learn([results[^1]]);
            }
            catch (SparseSCException error)
            {
                failures.Add(new TaskFailure { Task = task, ErrorId = error.ErrorId, Message = error.Message });
            }
        }

        if (results.Count > 0)
        {
            TaskResultFile.Write(outputFile, _hash, _work, results, failures);
        }

        return failures;
    }

    /// <summary>Runs what has no valid result, step by step, sharing the work with other processes on the same directory.</summary>
    /// <remarks>
    /// A step begins when all results of the one before are there, whoever computes them: this process waits for tasks that others have
    /// claimed, and takes over those whose process ended. It does not wait for tasks of the last step, after which there is nothing to do.
    /// </remarks>
    /// <returns>The tasks that failed here; none of a later step then ran.</returns>
    public List<TaskFailure> RunMissing(ParallelOptions parallel, IProgress<FitProgress>? progress)
    {
        foreach (TaskRange step in _steps)
        {
            ResultSet results = ResultSet.Read(_directory, _hash, _work);
            progress?.Report(new FitProgress("Running tasks", 0, results.Results.Count, _work.Tasks));
            int[] missing = [.. Enumerable.Range(step.First, step.Count).Where(task => !results.Results.ContainsKey(task))];
            if (missing.Length == 0)
            {
                continue;
            }

            _runner.Learn(results.Results.Values);
            List<TaskFailure> failures = RunStep(missing, step != _steps[^1], results.Results.Count, parallel, progress);
            if (failures.Count > 0)
            {
                return failures;
            }
        }

        return [];
    }

    private List<TaskFailure> RunStep(int[] missing, bool isWaited, int done, ParallelOptions parallel, IProgress<FitProgress>? progress)
    {
        List<TaskFailure> failures = [];
        TimeSpan pause = ShortestLook;
        int completed = done;

        // A file that is there although its task counts as missing was refused, and is written anew.
        Dictionary<int, DateTime> refused = missing.Where(task => File.Exists(ResultFile(task))).ToDictionary(task => task, task => File.GetLastWriteTimeUtc(ResultFile(task)));
        for (int[] left = missing; left.Length > 0;)
        {
            bool[] taken = new bool[left.Length];
            _runner.Expect(left);
            OrderedWork.Run(left.Length, parallel, _runner.CreateWorker, (i, run) =>
            {
                (bool isTaken, TaskFailure? failure) = RunClaimed(left[i], run, refused, parallel.CancellationToken);
                taken[i] = isTaken;
                if (failure is not null)
                {
                    lock (failures)
                    {
                        failures.Add(failure);
                    }
                }
                else if (!isTaken)
                {
                    progress?.Report(new FitProgress("Running tasks", 0, Interlocked.Increment(ref completed), _work.Tasks));
                }

                _runner.Finish(left[i]);
            });
            int[] others = [.. left.Where((_, i) => taken[i])];
            if (!isWaited || failures.Count > 0 || others.Length == 0)
            {
                break;
            }

            pause = others.Length < left.Length ? ShortestLook : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestLook.Ticks));
            parallel.CancellationToken.WaitHandle.WaitOne(pause);
            parallel.CancellationToken.ThrowIfCancellationRequested();
            left = others;
        }

        failures.Sort((a, b) => a.Task.CompareTo(b.Task));
        return failures;
    }

    private (bool IsTaken, TaskFailure? Failure) RunClaimed(
        int task, Func<int, CancellationToken, TaskResult> run, Dictionary<int, DateTime> refused, CancellationToken cancellationToken)
    {
        using TaskClaim? claim = TaskClaim.TryTake(_directory, task);
        if (claim is null)
        {
            return (true, null);
        }

        string resultFile = ResultFile(task);
        if (IsDone(resultFile, task) && !(refused.TryGetValue(task, out DateTime written) && written == File.GetLastWriteTimeUtc(resultFile)))
        {
            return (false, null);
        }

        try
        {
            TaskResult result = run(task, cancellationToken);
            Directory.CreateDirectory(Path.GetDirectoryName(resultFile)!);
            TaskResultFile.Write(resultFile, _hash, _work, [result]);
            FailureNotes.Forget(_directory, task);
            return (false, null);
        }
        catch (SparseSCException error)
        {
            TaskFailure failure = new() { Task = task, ErrorId = error.ErrorId, Message = error.Message };
            FailureNotes.Write(_directory, failure);
            return (false, failure);
        }
    }

    private string ResultFile(int task) => Path.Combine(_directory, PlanLayout.ResultsFolder, PlanLayout.TaskFile(task));

    private bool IsDone(string resultFile, int task)
    {
        if (!File.Exists(resultFile))
        {
            return false;
        }

        try
        {
            return TaskResultFile.Read(resultFile, _hash, _work).Results.Any(r => r.Task == task);
        }
        catch (BatchPlanException)
        {
            return false;
        }
    }
}
