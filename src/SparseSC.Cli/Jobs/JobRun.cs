using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary>The frame of all verbs of jobs: read the configuration, make the backend, tell its steps, answer an exit code.</summary>
internal sealed class JobRun
{
    private JobRun(CliHost host, ParseResult result, BatchConfig config, IBatchBackend backend, JobReporter reporter)
    {
        Host = host;
        Result = result;
        Config = config;
        Backend = backend;
        Reporter = reporter;
    }

    public CliHost Host { get; }

    public ParseResult Result { get; }

    public BatchConfig Config { get; }

    public IBatchBackend Backend { get; }

    public JobReporter Reporter { get; }

    public CancellationToken Cancellation => Host.Cancellation;

    /// <summary>Makes <paramref name="work"/> what <paramref name="command"/> does.</summary>
    public static void Set(CliHost host, Command command, JobOptions options, OutputOptions output, Func<JobRun, Task<int>> work) =>
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            BatchConfig config = options.Config(result);
            using JobReporter reporter = new(host, result, output.IsQuiet(result));
            JobRun run = new(host, result, config, Backends.Create(config, reporter), reporter);
            host.Cancellation.ThrowIfCancellationRequested();
            return work(run).GetAwaiter().GetResult();
        }));

    /// <summary>A message in the words of the command line and its configuration file.</summary>
    public string Spell(string message) => CliText.Render(message, Result);
}
