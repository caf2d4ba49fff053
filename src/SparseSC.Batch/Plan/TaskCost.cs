using System.Diagnostics;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Plan;

/// <summary>Finds out what a task takes, by running a few and throwing their results away.</summary>
/// <remarks>
/// A worker runs a group of tasks in one process, or is compiled ahead, so what counts is a task in code that is compiled already. The
/// first runs here pay for compiling it; they are repeated until that is over, and of several runs of one task the quickest counts,
/// because whatever else the machine does can only make one slower.
/// </remarks>
/// <param name="run">Runs a task.</param>
/// <param name="time">The clock.</param>
internal sealed class TaskCost(Action<int, CancellationToken> run, TimeProvider time)
{
    private const int MostWarmUps = 40;
    private const int RunsOfATask = 2;

    // Of all the time there is; a task that takes longer needs no warming up.
    private const double WarmUpShare = 0.2;

    // Costs grow or fall along folds and penalties.
    private static readonly double[] Places = [0.5, 0.25, 0.75, 0, 1];

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
        long begun = time.GetTimestamp();
        List<TimeSpan> quickest = [];
        foreach (double place in Places)
        {
            int task = tasks[(int)Math.Round(place * (tasks.Count - 1))];
            TimeSpan best = TimeSpan.MaxValue;
            for (int i = 0; IsWanted(i, quickest.Count == 0, begun, limit); i++)
            {
                (TimeSpan duration, bool isWhole) = Time(task, stop.Token, cancellationToken);
                if (!isWhole && best == TimeSpan.MaxValue)
                {
                    // The one that was cut off took at least as long as it ran.
                    return quickest.Count == 0 ? null : Mean([.. quickest, duration]);
                }

                if (!isWhole)
                {
                    return Mean([.. quickest, best]);
                }

                best = duration < best ? duration : best;
            }

            quickest.Add(best);
        }

        return Mean(quickest);
    }

    private bool IsWanted(int done, bool isFirst, long begun, TimeSpan limit) =>
        done < RunsOfATask || (isFirst && done < MostWarmUps && time.GetElapsedTime(begun) < limit * WarmUpShare);

    private (TimeSpan Duration, bool IsWhole) Time(int task, CancellationToken stop, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        try
        {
            run(task, stop);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (time.GetElapsedTime(start), false);
        }
        catch (SparseSCException)
        {
            // A task that fails has taken its time all the same, and will say why where it runs.
        }

        return (time.GetElapsedTime(start), true);
    }

    private static TimeSpan Mean(IReadOnlyCollection<TimeSpan> durations) => TimeSpan.FromSeconds(durations.Average(duration => duration.TotalSeconds));
}
