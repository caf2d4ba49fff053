using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc stop</c>: ends a job's tasks, as Stop-SparseSCBatchJob does.</summary>
internal static class StopCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new();
        OutputOptions output = new();
        Verb command = new(
            "stop",
            "Stop a job's tasks and print the job as JSON. Results that exist are kept; 'submit' computes only what is missing.",
            "sparsesc stop " + Verb.Job);
        options.AddTo(command);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            string jobId = await options.FindAsync(run.Result, run.Backend, run.Cancellation).ConfigureAwait(false);
            BatchJob job = await run.Backend.StopAsync(jobId, run.Cancellation).ConfigureAwait(false);
            output.WriteObject(run.Result, host, writer => JobJson.Write(writer, job, run.Spell));
            run.Reporter.Say($"job {job.Id} is {JobJson.Word(job.State)}: {job.Done} of {job.Tasks} tasks are done.");
            return ExitCode.Done;
        });
        return command;
    }
}
