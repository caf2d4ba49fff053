namespace SparseSC.Core.Jobs.Local;

/// <summary>What is written down about a local job, so that any session can find it.</summary>
internal sealed class JobRecord
{
    public string Id { get; set; } = "";

    public string BatchDirectory { get; set; } = "";

    public string PlanHash { get; set; } = "";

    public int Tasks { get; set; }

    public DateTimeOffset Created { get; set; }

    /// <summary>When it was stopped on request since it was last started.</summary>
    public DateTimeOffset? Stopped { get; set; }

    public bool Detached { get; set; }

    /// <summary>The machine whose process numbers these are.</summary>
    public string Machine { get; set; } = "";

    public ProcessIdentity[] Workers { get; set; } = [];

    public int AliveWorkers() => Workers.Count(worker => worker.IsAlive());
}
