using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Tasks;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>A run that is to be submitted.</summary>
internal sealed record RunPlan
{
    /// <summary>The job.</summary>
    public required JobRecord Record { get; init; }

    /// <summary>The run.</summary>
    public required JobRun Run { get; init; }

    /// <summary>The run's id as a job of the service.</summary>
    public string RunId => Run.Id;

    /// <summary>The plan's tasks, in the groups that run together.</summary>
    public required IReadOnlyList<int[]> Groups { get; init; }

    /// <summary>Which groups wait for which.</summary>
    public GroupOrder Order => new(Groups, Record.Steps);

    /// <summary>Whether a task of the run reads results of others.</summary>
    public bool ReadsResults => Record.MergeOnNode || Record.Steps.Count > 1;

    /// <summary>The longest time for a group when the settings give none.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>The pool it runs on.</summary>
    public required BatchPoolInfo Pool { get; init; }

    /// <summary>The submission's id.</summary>
    public required string SubmissionId { get; init; }

    /// <summary>The containers whose results are read by tasks that merge, choose, or score what was chosen before.</summary>
    public IReadOnlyList<string> ResultContainers { get; init; } = [];

    /// <summary>The registry that tasks sign in to, when their pool does not know it.</summary>
    public BatchContainerRegistry? Registry { get; init; }
}
