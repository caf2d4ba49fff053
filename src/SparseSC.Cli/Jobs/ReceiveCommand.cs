using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc receive</c>: brings results into the batch directory, as Receive-SparseSCResults does.</summary>
internal static class ReceiveCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new("The plan's folder, to receive into [default: where the job was started from]; finds the job when --job-id is not given");
        OutputOptions output = new();
        Verb command = new(
            "receive",
            "Bring the results that exist into the batch directory and print what is there and what is missing as JSON; exit code 1 when tasks failed, or are missing although the job is finished.",
            "sparsesc receive " + Verb.Job);
        options.AddTo(command);
        options.AddPriceTo(command);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            string jobId = await options.FindAsync(run.Result, run.Backend, run.Cancellation).ConfigureAwait(false);
            string? directory = options.BatchDirectory(run.Result) is string named ? Path.GetFullPath(named) : null;

            // Looked at before, so that what ends in between is not taken for missing.
            BatchJob job = await run.Backend.GetAsync(jobId, run.Cancellation).ConfigureAwait(false);
            BatchResults results = await run.Backend.CollectAsync(jobId, directory, run.Cancellation).ConfigureAwait(false);
            output.WriteObject(run.Result, host, writer => JobJson.Write(writer, results, run.Spell));
            if (results.IsComplete)
            {
                run.Reporter.Say(results.FitFile is { } fit
                    ? $"the model of all {results.Tasks} tasks, merged where they ran, is {fit}."
                    : $"the results of all {results.Tasks} tasks are in {results.BatchDirectory}.");
                return ExitCode.Done;
            }

            bool mayStillCome = !job.IsFinished && results.Failed.Length == 0;
            string advice = mayStillCome ? "The job is still running." : "'sparsesc submit' computes only what is missing.";
            run.Reporter.Say($"{run.Spell(results.Message)} {advice}");
            return mayStillCome ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
