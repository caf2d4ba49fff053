using System.Diagnostics;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Plan;

/// <summary>Finds out what a task takes, by running a few and throwing their results away.</summary>
internal sealed class TaskCost(Func<int, CancellationToken, TaskResult> run)
{
    // The first run pays for compiling the code, so another of the same task follows it. Costs grow or fall along folds and penalties.
    private static readonly double[] Places = [0.5, 0.5, 0.25, 0.75, 0, 1];

    /// <summary>The mean duration of a few tasks, taken over the whole range of <paramref name="tasks"/>.</summary>
    /// <param name="tasks">Tasks to choose from.</param>
    /// <param name="limit">The longest time for all runs together; one is then cut off.</param>
    /// <param name="cancellationToken">Stops within one evaluation.</param>
    /// <returns><c>null</c> when not even one task came to its end, or there are none.</returns>
    public TimeSpan? Measure(IReadOnlyList<int> tasks, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (tasks.Count == 0 || limit <= TimeSpan.Zero)
        {
            return null;
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limit);
        List<TimeSpan> durations = [];
        foreach (double place in Places)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                run(tasks[(int)Math.Round(place * (tasks.Count - 1))], stop.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return Mean(durations, Stopwatch.GetElapsedTime(start));
            }
            catch (SparseSCException)
            {
                // A task that fails has taken its time all the same, and will say why where it runs.
            }

            durations.Add(Stopwatch.GetElapsedTime(start));
        }

        return Mean(durations, TimeSpan.Zero);
    }

    // The one that was cut off took at least as long as it ran.
    private static TimeSpan? Mean(List<TimeSpan> durations, TimeSpan cutOff)
    {
        if (durations.Count == 0)
        {
            return null;
        }

        IEnumerable<TimeSpan> counted = durations.Count > 1 ? durations.Skip(1) : durations;
        double mean = counted.Average(duration => duration.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(mean, cutOff.TotalSeconds));
    }
}
