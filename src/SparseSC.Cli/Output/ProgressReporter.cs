using SparseSC.Core.Fitting;

namespace SparseSC.Cli.Output;

/// <summary>Says how far the work is, once it takes longer than a second: on a terminal one line that changes, elsewhere few plain lines.</summary>
internal sealed class ProgressReporter : IProgress<FitProgress>, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly TextWriter error;
    private readonly bool isTerminal;
    private readonly bool isQuiet;
    private readonly TimeProvider time;
    private readonly long start;
    private TimeSpan nextReport = Silence;
    private TimeSpan interval;
    private TimeSpan stageStart;
    private (string Stage, int Iteration, int Completed) stage = ("", -1, 0);
    private int lineLength;

    public ProgressReporter(CliHost host, bool isQuiet)
    {
        error = host.Error;
        time = host.Time;
        start = time.GetTimestamp();
        isTerminal = host.IsErrorTerminal;
        this.isQuiet = isQuiet;
        interval = isTerminal ? TerminalInterval : TimeSpan.FromSeconds(5);
    }

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (isQuiet)
        {
            return;
        }

        lock (gate)
        {
            TimeSpan now = time.GetElapsedTime(start);
            if (stage.Stage != value.Stage || stage.Iteration != value.Iteration)
            {
                stage = (value.Stage, value.Iteration, value.Completed);
                stageStart = now;
            }

            if (now < nextReport)
            {
                return;
            }

            nextReport = now + interval;
            Print(Describe(value, now - stageStart));
        }
    }

    /// <summary>Takes the changing line away.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (lineLength > 0)
            {
                error.Write($"\r{new string(' ', lineLength)}\r");
                lineLength = 0;
            }
        }
    }

    private void Print(string line)
    {
        if (isTerminal)
        {
            error.Write($"\r{line.PadRight(lineLength)}");
            lineLength = line.Length;
        }
        else
        {
            error.WriteLine(line);

            // A log of an hour's work need not be longer than that of a minute's by much.
            interval = interval * 2 < LongestInterval ? interval * 2 : LongestInterval;
        }
    }

    private string Describe(FitProgress value, TimeSpan sinceStage)
    {
        string share = value.Total > 0 ? $"  {value.Completed} of {value.Total} ({100L * value.Completed / value.Total}%)" : "";
        int advanced = value.Completed - stage.Completed;
        string left = advanced > 0 && value.Total > value.Completed
            ? $", {Duration(sinceStage * ((double)(value.Total - value.Completed) / advanced))} left"
            : "";
        return $"{value.Stage}{share}{left}";
    }

    private static string Duration(TimeSpan span) =>
        span.TotalSeconds < 90 ? $"{Math.Ceiling(span.TotalSeconds):0} s"
        : span.TotalMinutes < 90 ? $"{span.TotalMinutes:0} min"
        : $"{span.TotalHours:0.0} h";
}
