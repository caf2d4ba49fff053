using SparseSC.Batch.Jobs;

namespace SparseSC.PowerShell.Binding;

/// <summary>A job as users name it: by its id, or by an object that knows the id and perhaps the configuration.</summary>
public sealed class BatchJobReference
{
    /// <summary>Refers to a job by its id.</summary>
    public BatchJobReference(string id)
        : this(id, null)
    {
    }

    /// <summary>Refers to a job of a configuration.</summary>
    public BatchJobReference(string id, BatchConfig? config)
    {
        Id = id;
        Config = config;
    }

    /// <summary>The job's id.</summary>
    public string Id { get; }

    /// <summary>The configuration it came with, or <c>null</c>.</summary>
    public BatchConfig? Config { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
