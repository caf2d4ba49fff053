using SparseSC.Batch.Jobs;

namespace SparseSC.Azure.Jobs;

/// <summary>Tells what is done, while it is done.</summary>
internal sealed class StepTeller(IProgress<JobStep>? steps)
{
    /// <summary>A detail.</summary>
    public void Detail(string message) => steps?.Report(new JobStep(JobStepKind.Detail, message));

    /// <summary>Something to know although the work goes on.</summary>
    public void Warning(string message) => steps?.Report(new JobStep(JobStepKind.Warning, message));

    /// <summary>How far a longer step is.</summary>
    public void Progress(string message, long done, long total) => steps?.Report(new JobStep(JobStepKind.Progress, message, done, total));
}
