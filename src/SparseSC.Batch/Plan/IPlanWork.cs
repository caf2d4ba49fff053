using System.Text.Json;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Plan;

/// <summary>The part of a plan that depends on its kind: its tasks, and the form of their results.</summary>
internal interface IPlanWork
{
    /// <summary>Number of tasks.</summary>
    int Tasks { get; }

    /// <summary>The tasks that can run at the same time, in the order they have to; none when there are no tasks.</summary>
    IReadOnlyList<PlanStage> Stages { get; }

    /// <summary>Numbers in the results of all tasks.</summary>
    long Numbers { get; }

    /// <summary>Warnings about the data, as they were when the plan was made.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Tells the plan's public face what kind of plan it is.</summary>
    void Describe(BatchPlan plan);

    /// <summary>One of the tasks.</summary>
    PlanTask Task(int index);

    /// <summary>Which results are missing, in words, without a full stop.</summary>
    string DescribeMissing(IReadOnlyList<int> missing);

    /// <summary>Writes a result's identity and numbers as properties.</summary>
    void WriteResult(Utf8JsonWriter json, TaskResult result);

    /// <summary>Reads a result back.</summary>
    /// <exception cref="Core.Errors.BatchPlanException">It claims an identity that the task does not have, or its numbers cannot be.</exception>
    TaskResult ReadResult(int task, JsonElement json);

    /// <summary>Which of some results cannot be true together with the others, and why.</summary>
    IReadOnlyDictionary<int, string> Contradictions(IReadOnlyDictionary<int, TaskResult> results);

    /// <summary>Reads the plan's data, so that tasks can run.</summary>
    ITaskRunner CreateRunner();
}

/// <summary>Runs tasks of a plan, from any thread.</summary>
internal interface ITaskRunner
{
    /// <summary>A function with which one thread runs its tasks.</summary>
    Func<int, CancellationToken, TaskResult> CreateWorker();

    /// <summary>Tells results of tasks, which those of later stages need.</summary>
    void Learn(IEnumerable<TaskResult> results);

    /// <summary>Tells which tasks will be run, so that what they share can be given up when the last is over.</summary>
    void Expect(IReadOnlyList<int> tasks);

    /// <summary>Tells that one of them is over.</summary>
    void Finish(int task);
}
