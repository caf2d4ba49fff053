using SparseSC.Cli.Hosting;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Output;

/// <summary>Says how far a fit is.</summary>
internal sealed class ProgressReporter : IProgress<FitProgress>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ProgressLine _line;
    private readonly bool _isQuiet;
    private TimeSpan _stageStart;
    private (string Stage, int Iteration, int Completed) _stage = ("", -1, 0);

    public ProgressReporter(CliHost host, bool isQuiet)
    {
        _line = new ProgressLine(host);
        _isQuiet = isQuiet;
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
            TimeSpan now = _line.Elapsed;
            if (_stage.Stage != value.Stage || _stage.Iteration != value.Iteration)
            {
                _stage = (value.Stage, value.Iteration, value.Completed);
                _stageStart = now;
            }

            _line.Show(now, () => Describe(value, now - _stageStart));
        }
    }

    /// <summary>Takes the changing line away.</summary>
    public void Dispose() => _line.Dispose();

    private string Describe(FitProgress value, TimeSpan sinceStage)
    {
        string share = value.Total > 0 ? $"  {value.Completed} of {value.Total} ({100L * value.Completed / value.Total}%)" : "";
        int advanced = value.Completed - _stage.Completed;
        string left = advanced > 0 && value.Total > value.Completed
            ? $", {ProgressLine.Duration(sinceStage * ((double)(value.Total - value.Completed) / advanced))} left"
            : "";
        return $"{value.Stage}{share}{left}";
    }
}
