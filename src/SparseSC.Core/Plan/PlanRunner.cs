using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Plan;

/// <summary>Runs tasks of a plan in this process.</summary>
internal sealed class PlanRunner
{
    private readonly string _directory;
    private readonly string _hash;
    private readonly IPlanWork _work;
    private readonly ITaskRunner _runner;

    public PlanRunner(string directory, string hash, IPlanWork work)
    {
        _directory = directory;
        _hash = hash;
        _work = work;
        _runner = work.CreateRunner();
    }

    /// <summary>Runs the given tasks in order and writes one result file; a failed task ends nothing, and one that is all there is leaves no file.</summary>
    /// <returns>The tasks that failed.</returns>
    public List<TaskFailure> RunToFile(IReadOnlyList<int> tasks, string outputFile, CancellationToken cancellationToken)
    {
        Func<int, CancellationToken, TaskResult> run = _runner.CreateWorker();
        List<TaskResult> results = [];
        List<TaskFailure> failures = [];
        foreach (int task in tasks)
        {
            try
            {
                results.Add(run(task, cancellationToken));
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

    /// <summary>Runs what has no valid result, sharing the work with other processes on the same directory.</summary>
    /// <returns>The tasks that failed here.</returns>
    public List<TaskFailure> RunMissing(int[] missing, int done, ParallelOptions parallel, IProgress<FitProgress>? progress)
    {
        List<TaskFailure> failures = [];
        int completed = done;
        _runner.Expect(missing);
        progress?.Report(new FitProgress("Running tasks", 0, completed, _work.Tasks));
        OrderedWork.Run(missing.Length, parallel, _runner.CreateWorker, (i, run) =>
        {
            int task = missing[i];
            TaskFailure? failure = RunClaimed(task, run, parallel.CancellationToken);
            if (failure is not null)
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            }
            else
            {
                progress?.Report(new FitProgress("Running tasks", 0, Interlocked.Increment(ref completed), _work.Tasks));
            }

            _runner.Finish(task);
        });
        failures.Sort((a, b) => a.Task.CompareTo(b.Task));
        return failures;
    }

    private TaskFailure? RunClaimed(int task, Func<int, CancellationToken, TaskResult> run, CancellationToken cancellationToken)
    {
        using TaskClaim? claim = TaskClaim.TryTake(_directory, task);
        if (claim is null)
        {
            return null;
        }

        string resultFile = Path.Combine(_directory, PlanLayout.ResultsFolder, PlanLayout.TaskFile(task));
        if (IsDone(resultFile, task))
        {
            return null;
        }

        try
        {
            TaskResult result = run(task, cancellationToken);
            Directory.CreateDirectory(Path.GetDirectoryName(resultFile)!);
            TaskResultFile.Write(resultFile, _hash, _work, [result]);
            FailureNotes.Forget(_directory, task);
            return null;
        }
        catch (SparseSCException error)
        {
            TaskFailure failure = new() { Task = task, ErrorId = error.ErrorId, Message = error.Message };
            FailureNotes.Write(_directory, failure);
            return failure;
        }
    }

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
