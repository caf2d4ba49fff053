using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc remove</c>: removes a job and what else is asked for, as Remove-SparseSCBatchJob does.</summary>
internal static class RemoveCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new("The plan's folder that the results were received into; finds the job when --job-id is not given");
        Option<bool> container = OptionFactory.Switch("--remove-container", "Delete the storage container with inputs, results and logs as well");
        Option<bool> pool = OptionFactory.Switch("--remove-pool", "Delete the pool as well");
        Option<bool> directory = OptionFactory.Switch("--remove-batch-directory", "Delete the plan and the results on this machine as well");
        Option<bool> keepJob = OptionFactory.Switch("--keep-job", "Keep the job and remove only what else is asked for");
        Option<bool> force = OptionFactory.Switch("--force", "Delete a container even when it holds results that were not received");
        OutputOptions output = new();
        Verb command = new(
            "remove",
            "Remove a job that is not running: its record, its tasks and its logs. Nothing else goes unless it is asked for.",
            "sparsesc remove " + Verb.Job);
        options.AddTo(command);
        foreach (Option option in new Option[] { container, pool, directory, keepJob, force })
        {
            command.Add(option);
        }

        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            string jobId = await options.FindAsync(run.Result, run.Backend, run.Cancellation).ConfigureAwait(false);
            BatchJobRemoval what = new()
            {
                Job = !run.Result.GetValue(keepJob),
                Container = run.Result.GetValue(container),
                Pool = run.Result.GetValue(pool),
                BatchDirectory = run.Result.GetValue(directory),
                Force = run.Result.GetValue(force),
                ReceivedInto = options.BatchDirectory(run.Result) is string named ? Path.GetFullPath(named) : null,
            };
            await run.Backend.RemoveAsync(jobId, what, run.Cancellation).ConfigureAwait(false);
            output.WriteObject(run.Result, host, writer =>
            {
                writer.WriteString("id", jobId);
                writer.WriteBoolean("job", what.Job);
                writer.WriteBoolean("container", what.Container);
                writer.WriteBoolean("pool", what.Pool);
                writer.WriteBoolean("batchDirectory", what.BatchDirectory);
            });
            return ExitCode.Done;
        });
        return command;
    }
}
