using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc tasks</c>: a job's tasks and what became of them, as Get-SparseSCBatchTask does.</summary>
internal static class TasksCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new();
        Option<JobTaskState?> state = OptionFactory.Choice<JobTaskState>(
            "--state",
            "Only tasks in this state",
            ("waiting", JobTaskState.Waiting),
            ("running", JobTaskState.Running),
            ("completed", JobTaskState.Completed),
            ("failed", JobTaskState.Failed));
        OutputOptions output = new();
        Verb command = new(
            "tasks",
            "Print the tasks of a job as JSON, with node, exit code, duration and a diagnosis in words: {\"tasks\": […]}.",
            "sparsesc tasks " + Verb.Job,
            "sparsesc tasks --state failed " + Verb.Job);
        options.AddTo(command);
        command.Add(state);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            string jobId = await options.FindAsync(run.Result, run.Backend, run.Cancellation).ConfigureAwait(false);
            JobTaskState? wanted = run.Result.GetValue(state);
            List<JobTask> tasks = [];
            await foreach (JobTask task in run.Backend.ListTasksAsync(jobId, run.Cancellation).ConfigureAwait(false))
            {
                if (wanted is null || task.State == wanted)
                {
                    tasks.Add(task);
                }
            }

            output.WriteObject(run.Result, host, writer =>
            {
                writer.WriteString("jobId", jobId);
                JobJson.WriteAll(writer, "tasks", tasks, task => JobJson.Write(writer, task, run.Spell));
            });
            return ExitCode.Done;
        });
        return command;
    }
}
