using SparseSC.Cli.Hosting;

namespace SparseSC.Cli.Output;

/// <summary>Shows progress once the work takes longer than a second: on a terminal one line that changes, elsewhere few plain lines.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TextWriter _error;
    private readonly bool _isTerminal;
    private readonly TimeProvider _time;
    private readonly long _start;
    private TimeSpan _nextReport = Silence;
    private TimeSpan _interval;
    private int _lineLength;

    public ProgressLine(CliHost host)
    {
        _error = host.Error;
        _time = host.Time;
        _start = _time.GetTimestamp();
        _isTerminal = host.IsErrorTerminal;
        _interval = _isTerminal ? TerminalInterval : TimeSpan.FromSeconds(5);
    }

    /// <summary>Time since the work began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Shows how far the work is, unless something was shown just before.</summary>
    public void Show(TimeSpan now, Func<string> describe)
    {
        lock (_gate)
        {
            if (now < _nextReport)
            {
                return;
            }

            _nextReport = now + _interval;
            Print(describe());
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            Clear();
            _error.WriteLine(line);
        }
    }

    /// <summary>Takes the changing line away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Clear();
        }
    }

    /// <summary>A duration as people say it.</summary>
    public static string Duration(TimeSpan span) =>
        span.TotalSeconds < 90 ? $"{Math.Ceiling(span.TotalSeconds):0} s"
        : span.TotalMinutes < 90 ? $"{span.TotalMinutes:0} min"
        : $"{span.TotalHours:0.0} h";

    private void Print(string line)
    {
        if (_isTerminal)
        {
            _error.Write($"\r{line.PadRight(_lineLength)}");
            _lineLength = line.Length;
        }
        else
        {
            _error.WriteLine(line);

            // A log of an hour's work need not be longer than that of a minute's by much.
            _interval = _interval * 2 < LongestInterval ? _interval * 2 : LongestInterval;
        }
    }

    private void Clear()
    {
        if (_lineLength > 0)
        {
            _error.Write($"\r{new string(' ', _lineLength)}\r");
            _lineLength = 0;
        }
    }
}
