using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;
using SparseSC.Core.Plan;
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

    /// <summary>Puts what an object says into the cmdlets' spelling of parameters.</summary>
    internal static BatchJob Spell(BatchJob job)
    {
        job.Message = OptionText.ToPowerShell(job.Message);
        return job;
    }

    /// <summary>Puts what an object says into the cmdlets' spelling of parameters.</summary>
    internal static BatchResults Spell(BatchResults results)
    {
        results.Message = OptionText.ToPowerShell(results.Message);
        foreach (TaskFailure failure in results.Failed)
        {
            failure.Message = OptionText.ToPowerShell(failure.Message);
        }

        return results;
    }
}
