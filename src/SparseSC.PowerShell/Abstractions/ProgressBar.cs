using System.Diagnostics;
using System.Management.Automation;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>A progress bar fed from another thread, at most four times a second.</summary>
internal sealed class ProgressBar<T>(IWorkStreams streams, string activity, Func<T, ProgressText> describe) : IProgress<T>
{
    private const int ActivityId = 0x53C;
    private static readonly long Interval = Stopwatch.Frequency / 4;
    private readonly object _gate = new();
    private long _nextUpdate;

    /// <summary>A bar of a command.</summary>
    public ProgressBar(SparseSCCommand command, PipelinePort port, string activity, Func<T, ProgressText> describe)
        : this(new PipelineStreams(command) { Port = port }, activity, describe)
    {
    }

    /// <summary>Shows the bar before there is anything to report, so that nobody waits in silence.</summary>
    public void Begin(string status) => streams.WriteProgress(new ProgressRecord(ActivityId, activity, status));

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

        streams.WriteProgress(new ProgressRecord(ActivityId, activity, text.Status)
        {
            PercentComplete = text.Percent,
            SecondsRemaining = text.TimeLeft is TimeSpan left ? (int)Math.Min(left.TotalSeconds, int.MaxValue) : -1,
        });
    }

    /// <summary>Takes the bar away; call it when the work is over.</summary>
    public void Complete() =>
        streams.WriteProgress(new ProgressRecord(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed });
}
