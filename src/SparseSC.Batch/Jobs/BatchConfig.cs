using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Batch.Jobs;

/// <summary>The backend on which batch jobs run, with its settings. There is no secret in it, so it may be saved and passed around.</summary>
public abstract class BatchConfig
{
    /// <summary>The name of the backend that understands these settings.</summary>
    public abstract string Backend { get; }

    /// <summary>The settings as one line of JSON, without secrets; see <see cref="BatchConfigJson"/>.</summary>
    /// <remarks>
    /// Where an object is copied to a limited depth, as by remoting and by <c>ConvertTo-Json -Depth</c>, what lies deeper is kept as its
    /// text alone. With the settings in the text a job's object still says where the job is.
    /// </remarks>
    public override string ToString() => BatchConfigJson.ToText(this);
}
