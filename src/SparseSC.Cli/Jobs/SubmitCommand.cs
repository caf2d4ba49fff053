using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc submit</c>: starts a plan's tasks, as Start-SparseSCBatchJob does.</summary>
internal static class SubmitCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new();
        BatchDirectoryOption directory = new();
        Option<string?> jobId = OptionFactory.Text("--job-id", "ID", "Id of the job [default: the plan's job is taken up again, or an id is made]");
        Option<int?> groupSize = OptionFactory.Whole("--task-group-size", "Tasks of the plan that run together as one [default: as many as take about a minute]", minimum: 1);
        Option<bool> mergeOnNode = OptionFactory.Switch("--merge-on-node", "Make the final fit where the tasks run, so that only the model comes back");
        OutputOptions output = new();
        Verb command = new(
            "submit",
            "Start the tasks of a plan that have no valid result yet, and print the job as JSON. The job goes on by itself; starting it again computes only what is missing.",
            "sparsesc submit " + Verb.Job);
        options.AddConfigTo(command);
        options.AddPriceTo(command);
        directory.AddTo(command);
        command.Add(jobId);
        command.Add(groupSize);
        command.Add(mergeOnNode);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            BatchPlan plan = directory.Load(run.Result);
            foreach (string warning in Backends.RequireForStart(run.Config))
            {
                run.Reporter.Warn(run.Spell(warning));
            }

            BatchJobRequest request = new()
            {
                JobId = run.Result.GetValue(jobId),
                Detach = true,
                TaskGroupSize = run.Result.GetValue(groupSize),
                MergeOnNode = run.Result.GetValue(mergeOnNode),
            };
            BatchJobStart start = await run.Backend.StartAsync(plan, request, run.Cancellation).ConfigureAwait(false);
            output.WriteObject(run.Result, host, writer =>
            {
                writer.WriteString("outcome", JobJson.Word(start.Outcome));
                JobJson.Write(writer, start.Job, run.Spell);
            });
            string stands = start.Describe($"job {start.Job.Id}", JobJson.Word(start.Job.State));
            run.Reporter.Say($"{stands} {run.Spell(start.Job.Message)}".TrimEnd());
            return ExitCode.Done;
        });
        return command;
    }
}
