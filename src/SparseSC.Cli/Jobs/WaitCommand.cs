using System.CommandLine;
using System.Globalization;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc wait</c>: until a job is finished, as Wait-SparseSCBatchJob does.</summary>
internal static class WaitCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new();
        Option<TimeSpan?> timeout = Duration("--timeout", "Return after this time even when the job still runs, with exit code 1 [default: as long as it takes]");
        Option<TimeSpan?> polling = Duration("--polling-interval", "Time between two looks [default: what suits the backend]");
        OutputOptions output = new();
        Verb command = new(
            "wait",
            "Wait until a job is finished and print it as JSON; exit code 1 unless every task has a result. A failed task ends nothing: the others go on.",
            "sparsesc wait " + Verb.Job);
        options.AddTo(command);
        options.AddPriceTo(command);
        command.Add(timeout);
        command.Add(polling);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            string jobId = await options.FindAsync(run.Result, run.Backend, run.Cancellation).ConfigureAwait(false);
            JobWaiter waiter = new(run.Backend, run.Result.GetValue(polling));
            BatchJob job = await waiter.WaitAsync(jobId, run.Result.GetValue(timeout), run.Reporter, run.Cancellation).ConfigureAwait(false);
            output.WriteObject(run.Result, host, writer => JobJson.Write(writer, job, run.Spell));
            string state = job.State switch
            {
                BatchJobState.Running => $"is still running: {job.Done} of {job.Tasks} tasks are done, {job.Failed} failed. {run.Spell(job.Message)}",
                BatchJobState.Completed => $"is completed: {job.Tasks} of {job.Tasks} tasks are done. {(job.NeedsAttention ? "" : run.Spell(job.Message))}",
                _ => $"ended as {JobJson.Word(job.State)}: {job.Done} of {job.Tasks} tasks are done, {job.Failed} failed. {run.Spell(job.Message)}",
            };
            run.Reporter.Say($"job {job.Id} {state.TrimEnd()}");
            if (job.State == BatchJobState.Completed && job.NeedsAttention)
            {
                run.Reporter.Warn($"job {job.Id}: {run.Spell(job.Message)}");
            }

            return job.State == BatchJobState.Completed ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        HelpName = "SECONDS|H:M:S",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= int.MaxValue)
            {
                return TimeSpan.FromSeconds(seconds);
            }

            if (text.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero)
            {
                return span;
            }

            result.AddError($"{name}: '{text}' is neither a number of seconds nor a time such as 1:30:00.");
            return null;
        },
    };
}
