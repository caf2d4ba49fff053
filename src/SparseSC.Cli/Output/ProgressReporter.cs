using SparseSC.Core.Fitting;

namespace SparseSC.Cli.Output;

/// <summary>Says how far the work is, once it takes longer than a second: on a terminal one line that changes, elsewhere few plain lines.</summary>
internal sealed class ProgressReporter : IProgress<FitProgress>, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TextWriter _error;
    private readonly bool _isTerminal;
    private readonly bool _isQuiet;
    private readonly TimeProvider _time;
    private readonly long _start;
    private TimeSpan _nextReport = Silence;
    private TimeSpan _interval;
    private TimeSpan _stageStart;
    private (string Stage, int Iteration, int Completed) _stage = ("", -1, 0);
    private int _lineLength;

    public ProgressReporter(CliHost host, bool isQuiet)
    {
        _error = host.Error;
        _time = host.Time;
        _start = _time.GetTimestamp();
        _isTerminal = host.IsErrorTerminal;
        _isQuiet = isQuiet;
        _interval = _isTerminal ? TerminalInterval : TimeSpan.FromSeconds(5);
    }

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (_isQuiet)
        {
            return;
        }

        lock (_gate)
        {
            TimeSpan now = _time.GetElapsedTime(_start);
            if (_stage.Stage != value.Stage || _stage.Iteration != value.Iteration)
            {
                _stage = (value.Stage, value.Iteration, value.Completed);
                _stageStart = now;
            }

            if (now < _nextReport)
            {
                return;
            }

            _nextReport = now + _interval;
            Print(Describe(value, now - _stageStart));
        }
    }

    /// <summary>Takes the changing line away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_lineLength > 0)
            {
                _error.Write($"\r{new string(' ', _lineLength)}\r");
                _lineLength = 0;
            }
        }
    }

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

    private string Describe(FitProgress value, TimeSpan sinceStage)
    {
        string share = value.Total > 0 ? $"  {value.Completed} of {value.Total} ({100L * value.Completed / value.Total}%)" : "";
        int advanced = value.Completed - _stage.Completed;
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
