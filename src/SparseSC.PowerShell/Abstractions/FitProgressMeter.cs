using System.Diagnostics;
using SparseSC.Core.Fitting;
using SparseSC.Core.Jobs;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Puts the progress of a fit into words and estimates the time left in its stage.</summary>
internal sealed class FitProgressMeter
{
    private readonly Stopwatch watch = new();
    private (string? Stage, int Iteration) current;
    private int completedAtStart;

    public ProgressText Describe(FitProgress progress)
    {
        if (current != (progress.Stage, progress.Iteration))
        {
            current = (progress.Stage, progress.Iteration);
            completedAtStart = progress.Completed;
            watch.Restart();
        }

        string status = $"{progress.Stage}, iteration {progress.Iteration + 1}: {progress.Completed} of {progress.Total}";
        int percent = progress.Total > 0 ? (int)(100L * progress.Completed / progress.Total) : -1;
        TimeSpan? left = JobProgress.Estimate(progress.Completed - completedAtStart, progress.Total - progress.Completed, watch.Elapsed);
        return new ProgressText(status, percent, left);
    }
}
