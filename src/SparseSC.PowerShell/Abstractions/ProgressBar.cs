using System.Diagnostics;
using System.Management.Automation;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>A progress bar fed from another thread, at most four times a second.</summary>
internal sealed class ProgressBar<T>(SparseSCCommand command, PipelinePort port, string activity, Func<T, ProgressText> describe) : IProgress<T>
{
    private const int ActivityId = 0x53C;
    private static readonly long Interval = Stopwatch.Frequency / 4;
    private readonly object _gate = new();
    private long _nextUpdate;

    public void Report(T value)
    {
        ProgressText text;
        lock (_gate)
        {
            // Described even when not shown, because the estimate of the time left watches every step.
            text = describe(value);
            long now = Stopwatch.GetTimestamp();
            if (now < _nextUpdate)
            {
                return;
            }

            _nextUpdate = now + Interval;
        }

        port.Post(() => command.WriteProgress(new ProgressRecord(ActivityId, activity, text.Status)
        {
            PercentComplete = text.Percent,
            SecondsRemaining = text.TimeLeft is TimeSpan left ? (int)Math.Min(left.TotalSeconds, int.MaxValue) : -1,
        }));
    }

    /// <summary>Takes the bar away; call it when the work is over.</summary>
    public void Complete() =>
        port.Post(() => command.WriteProgress(new ProgressRecord(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed }));
}
