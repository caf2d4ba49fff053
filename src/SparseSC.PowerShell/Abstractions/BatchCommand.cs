using System.Management.Automation;
using SparseSC.Core.Jobs;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Loading;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>A cmdlet that speaks to the backend of a configuration.</summary>
public abstract class BatchCommand : SparseSCCommand
{
    /// <summary>Where jobs run; without it, on this machine with the default settings.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BatchConfigTransformation]
    public BatchConfig? Config { get; set; }

    /// <summary>The backend of <see cref="Config"/>, or of the configuration that a job brings along.</summary>
    internal IBatchBackend BackendFor(BatchConfig? fromJob = null) => BackendFactory.Create(Config ?? fromJob ?? new LocalBatchConfig());
}
