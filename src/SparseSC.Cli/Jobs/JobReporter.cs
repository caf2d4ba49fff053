using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Output;

namespace SparseSC.Cli.Jobs;

/// <summary>Tells what a backend does, and how far a job is, on standard error.</summary>
internal sealed class JobReporter : IProgress<JobStep>, IProgress<JobProgress>, IDisposable
{
    private readonly ProgressLine _line;
    private readonly ParseResult _result;
    private readonly bool _isQuiet;

    public JobReporter(CliHost host, ParseResult result, bool isQuiet)
    {
        _line = new ProgressLine(host);
        _result = result;
        _isQuiet = isQuiet;
    }

    /// <summary>Writes a line, unless nothing is to be said.</summary>
    public void Say(string message)
    {
        if (!_isQuiet)
        {
            _line.Say(Prefixed(message));
        }
    }

    /// <summary>Writes a line even when nothing else is to be said.</summary>
    public void Warn(string message) => _line.Say(Prefixed($"warning: {message}"));

    /// <inheritdoc/>
    public void Report(JobStep value)
    {
        string message = CliText.Render(value.Message, _result);
        switch (value.Kind)
        {
            case JobStepKind.Warning:
                Warn(message);
                break;
            case JobStepKind.Progress when !_isQuiet:
                _line.Show(_line.Elapsed, () => value.Total > 0 ? $"{message}  {value.Done} of {value.Total} ({100 * value.Done / value.Total}%)" : message);
                break;
            default:
                Say(message);
                break;
        }
    }

    /// <inheritdoc/>
    public void Report(JobProgress value)
    {
        if (value.News is { } news)
        {
            string text = $"job {value.Job.Id}: {CliText.Render(news, _result)}";
            if (value.Job.NeedsAttention)
            {
                Warn(text);
            }
            else
            {
                Say(text);
            }
        }

        if (!_isQuiet)
        {
            _line.Show(_line.Elapsed, () => Describe(value));
        }
    }

    /// <summary>Takes the changing line away.</summary>
    public void Dispose() => _line.Dispose();

    private static string Describe(JobProgress progress)
    {
        BatchJob job = progress.Job;
        string nodes = job.Nodes is int count ? $" on {count} {(count == 1 ? "node" : "nodes")}" : "";
        string failed = job.Failed > 0 ? $", {job.Failed} failed" : "";
        string left = progress.TimeLeft is TimeSpan time && time > TimeSpan.Zero ? $", {ProgressLine.Duration(time)} left" : "";
        return $"{job.Id}  {job.Done} of {job.Tasks} done, {job.Running} running{nodes}{failed}{left}";
    }

    private string Prefixed(string message) => $"sparsesc {_result.CommandResult.Command.Name}: {message}";
}
