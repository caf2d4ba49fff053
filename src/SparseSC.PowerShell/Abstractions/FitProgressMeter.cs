using System.Diagnostics;
using SparseSC.Batch.Jobs;
using SparseSC.Core.Models;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Puts the progress of a fit into words and estimates the time left in its stage.</summary>
internal sealed class FitProgressMeter
{
    private readonly Stopwatch _watch = new();
    private (string? Stage, int Iteration) _current;
    private int _completedAtStart;

    public ProgressText Describe(FitProgress progress)
    {
        if (_current != (progress.Stage, progress.Iteration))
        {
            _current = (progress.Stage, progress.Iteration);
            _completedAtStart = progress.Completed;
            _watch.Restart();
        }

        string status = $"{progress.Stage}, iteration {progress.Iteration + 1}: {progress.Completed} of {progress.Total}";
        int percent = progress.Total > 0 ? (int)(100L * progress.Completed / progress.Total) : -1;
        TimeSpan? left = JobProgress.Estimate(progress.Completed - _completedAtStart, progress.Total - progress.Completed, _watch.Elapsed);
        return new ProgressText(status, percent, left);
    }
}
