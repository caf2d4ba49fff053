namespace SparseSC.Batch.Jobs.Local;

/// <summary>The record of a local job, by which any session can find it.</summary>
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

    /// <summary>The process that is starting workers at this moment; while it lives, more of them are to come.</summary>
    public ProcessIdentity? Launcher { get; set; }

    /// <summary>The number of workers that live, counting those about to be started as one.</summary>
    public int AliveWorkers() => Math.Max(Workers.Count(worker => worker.IsAlive()), Launcher?.IsAlive() == true ? 1 : 0);
}
