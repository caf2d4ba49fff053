using SparseSC.Azure.Batch;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs.Tasks;

/// <summary>The files that the tasks of a run read, and the places they write to; with signed addresses unless the nodes have an identity.</summary>
internal sealed record RunFiles
{
    /// <summary>The folder of the plan in a task's working directory.</summary>
    public const string InputsFolder = "inputs";

    /// <summary>The worker's name in the working directory of the job's preparation, or of a task with a command of one's own.</summary>
    public const string WorkerName = "sparsesc";

    /// <summary>The worker; <c>null</c> when it is in the container image.</summary>
    public BatchResourceFile? Worker { get; init; }

    /// <summary>The worker's SHA-256, hex; <c>null</c> when it is in the container image.</summary>
    public string? WorkerSha256 { get; init; }

    /// <summary>The plan's files.</summary>
    public required IReadOnlyList<BatchResourceFile> Inputs { get; init; }

    /// <summary>The folder, in a task's working directory, of results that it reads.</summary>
    public const string ResultsFolder = InputsFolder + "/" + PlanLayout.ResultsFolder;

    /// <summary>Results that a merging task reads, and one that chooses: those of this run and of earlier ones.</summary>
    public IReadOnlyList<BatchResourceFile> Results { get; init; } = [];

    /// <summary>The results of this run alone; <c>null</c> when no task reads results.</summary>
    public BatchResourceFile? OwnResults { get; init; }

    /// <summary>The container of outputs.</summary>
    public required BatchOutputFileContainer Outputs { get; init; }

    /// <summary>No text of this may hold an address.</summary>
    public override string ToString() => nameof(RunFiles);
}
