using SparseSC.Cli.Hosting;
using SparseSC.Cli.Output;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Tests;

public sealed class ProgressTests : IDisposable
{
    private readonly StringWriter _error = new();
    private readonly Clock _clock = new();

    [Fact]
    public void ShortWorkIsSilent()
    {
        Report(isTerminal: true, TimeSpan.FromMilliseconds(50), 19);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void TerminalsGetOneLineAtMostFourTimesASecondAndThenNone()
    {
        Report(isTerminal: true, TimeSpan.FromMilliseconds(10), 300);
        string[] lines = _error.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 8, 10);
        Assert.Equal("searching  100 of 300 (33%), 2 s left", lines[0].TrimEnd());
        Assert.True(string.IsNullOrWhiteSpace(lines[^1]));
        Assert.DoesNotContain('\n', _error.ToString());
    }

    [Fact]
    public void LogsGetFewPlainLines()
    {
        Report(isTerminal: false, TimeSpan.FromSeconds(1), 600);
        string[] lines = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 10, 16);
        Assert.Equal("searching  1 of 600 (0%), 10 min left", lines[0]);
        Assert.DoesNotContain('\r', _error.ToString());
    }

    [Fact]
    public void QuietMeansQuiet()
    {
        Report(isTerminal: true, TimeSpan.FromSeconds(1), 60, isQuiet: true);
        Assert.Empty(_error.ToString());
    }

    public void Dispose() => _error.Dispose();

    private void Report(bool isTerminal, TimeSpan step, int total, bool isQuiet = false)
    {
        using CliHost host = new(Stream.Null, Stream.Null, _error, isTerminal, _clock);
        using ProgressReporter reporter = new(host, isQuiet);
        for (int completed = 0; completed <= total; completed++)
        {
            reporter.Report(new FitProgress("searching", 0, completed, total));
            _clock.Advance(step);
        }
    }

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan step) => _now += step.Ticks;
    }
}
