namespace SparseSC.Core.Jobs;

/// <summary>Where batch jobs run and with what settings. It holds no secret, so it may be saved and passed around.</summary>
public abstract class BatchConfig
{
    /// <summary>The name of the backend that understands these settings.</summary>
    public abstract string Backend { get; }
}
