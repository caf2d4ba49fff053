using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc check</c>: whether jobs could run, as Test-SparseSCBatchConfig does.</summary>
internal static class CheckCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new();
        OutputOptions output = new();
        Verb command = new(
            "check",
            "Ask the services that a configuration names whether jobs could run, and print what was found as JSON; exit code 1 when they could not.",
            "sparsesc check --config samples/local.json");
        options.AddConfigTo(command);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            List<ConfigFinding> findings = [];
            void Add(ConfigFinding finding)
            {
                findings.Add(finding);
                run.Reporter.Say($"{finding.Check}: {JobJson.Word(finding.Severity)}. {run.Spell(finding.Message)}");
            }

            foreach (ConfigFinding finding in Backends.Warnings(run.Config))
            {
                Add(finding);
            }

            await foreach (ConfigFinding finding in run.Backend.TestAsync(run.Cancellation).ConfigureAwait(false))
            {
                Add(finding);
            }

            output.WriteObject(run.Result, host, writer => JobJson.WriteAll(writer, "findings", findings, finding => JobJson.Write(writer, finding, run.Spell)));
            return findings.Exists(finding => finding.Severity == FindingSeverity.Error) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }
}
