using SparseSC.Batch.Jobs;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Stands for the configuration of a job object that has lost it on its way, as by a copy that is too shallow. It is no place to run on.</summary>
internal sealed class LostBatchConfig(string jobId) : BatchConfig
{
    /// <inheritdoc/>
    public override string Backend => "Lost";

    /// <inheritdoc/>
    public override string ToString() => Backend;

    /// <summary>The refusal: to take this machine instead would look for the job where it is not.</summary>
    public InvalidInputException Refusal() => new(
        "ConfigLost", $"The object of job '{jobId}' has lost its configuration on its way here, so it does not say where the job is. Give {{Config}}.", "Config");
}
