using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc jobs</c>: the jobs there are, as Get-SparseSCBatchJob does.</summary>
internal static class JobsCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new();
        Option<string?> jobId = OptionFactory.Text("--job-id", "ID", "Only this job");
        OutputOptions output = new();
        Verb command = new(
            "jobs",
            "Print the jobs of a configuration as JSON, the newest first: {\"jobs\": […]}.",
            "sparsesc jobs --config samples/local.json");
        options.AddConfigTo(command);
        command.Add(jobId);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            List<BatchJob> jobs = [];
            if (run.Result.GetValue(jobId) is string id)
            {
                jobs.Add(await run.Backend.GetAsync(id, run.Cancellation).ConfigureAwait(false));
            }
            else
            {
                await foreach (BatchJob job in run.Backend.ListAsync(run.Cancellation).ConfigureAwait(false))
                {
                    jobs.Add(job);
                }
            }

            output.WriteObject(run.Result, host, writer => JobJson.WriteAll(writer, "jobs", jobs, job => JobJson.Write(writer, job, run.Spell)));
            return ExitCode.Done;
        });
        return command;
    }
}
