using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Writes what a backend does to the verbose, warning and progress streams.</summary>
internal sealed class StepReporter(IWorkStreams streams) : IProgress<JobStep>
{
    private ProgressBar<JobStep>? _bar;

    /// <summary>Shows a bar at once, for a step that may take long.</summary>
    public void Begin(string activity)
    {
        _bar = new ProgressBar<JobStep>(streams, activity, Describe);
        _bar.Begin("Beginning");
    }

    /// <inheritdoc/>
    public void Report(JobStep value)
    {
        switch (value.Kind)
        {
            case JobStepKind.Warning:
                streams.WriteWarning(value.Message);
                break;
            case JobStepKind.Progress:
                _bar?.Report(value);
                break;
            default:
                streams.WriteVerbose(value.Message);
                break;
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void End()
    {
        _bar?.Complete();
        _bar = null;
    }

    private ProgressText Describe(JobStep step) => new(
        ParameterText.Render(step.Message, streams.CommandName),
        step.Total > 0 ? (int)(100 * Math.Min(step.Done, step.Total) / step.Total) : -1,
        null);
}
