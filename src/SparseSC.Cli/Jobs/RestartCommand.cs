using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc restart</c>: runs failed tasks again, as Restart-SparseSCBatchTask does.</summary>
internal static class RestartCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new();
        Option<string[]> tasks = OptionFactory.NameList("--task-id", "Failed tasks to run again [default: all of them]; the option may be repeated");
        Option<string?> vmSize = OptionFactory.Text("--vm-size", "SIZE", "Run them on machines of this size, in a pool of their own that goes with them, as after they ran out of memory");
        OutputOptions output = new();
        Verb command = new(
            "restart",
            "Run the failed tasks of a job again, and only those, and print the job as JSON; the logs of their earlier runs are kept.",
            "sparsesc restart " + Verb.Job);
        options.AddTo(command);
        command.Add(tasks);
        command.Add(vmSize);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            string jobId = await options.FindAsync(run.Result, run.Backend, run.Cancellation).ConfigureAwait(false);
            string[] named = run.Result.GetValue(tasks) ?? [];
            BatchJob job = await run.Backend.RestartAsync(jobId, named.Length == 0 ? null : named, run.Result.GetValue(vmSize), run.Cancellation).ConfigureAwait(false);
            output.WriteObject(run.Result, host, writer => JobJson.Write(writer, job, run.Spell));
            run.Reporter.Say($"job {job.Id} is {JobJson.Word(job.State)}: {job.Done} of {job.Tasks} tasks are done.");
            return ExitCode.Done;
        });
        return command;
    }
}
