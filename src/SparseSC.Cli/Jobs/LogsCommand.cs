using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;

namespace SparseSC.Cli.Jobs;

/// <summary><c>sparsesc logs</c>: what a task wrote, as Get-SparseSCBatchTaskOutput does.</summary>
internal static class LogsCommand
{
    public static Command Create(CliHost host)
    {
        JobOptions options = new();
        Option<string> taskId = OptionFactory.RequiredText("--task-id", "ID", "The task, as 'sparsesc tasks' names it");
        Option<bool> follow = OptionFactory.Switch("--follow", "Print the text itself as it is written, until the task is over");
        OutputOptions output = new();
        Verb command = new(
            "logs",
            "Print what the runs of a task wrote as JSON, the latest run last: {\"runs\": […]}.",
            "sparsesc logs --task-id task-000000 " + Verb.Job);
        options.AddTo(command);
        command.Add(taskId);
        command.Add(follow);
        output.AddTo(command);
        JobRun.Set(host, command, options, output, async run =>
        {
            string jobId = await options.FindAsync(run.Result, run.Backend, run.Cancellation).ConfigureAwait(false);
            string id = run.Result.GetValue(taskId)!;
            if (run.Result.GetValue(follow))
            {
                return await FollowAsync(run, jobId, id).ConfigureAwait(false);
            }

            List<JobTaskOutput> runs = [];
            await foreach (JobTaskOutput text in run.Backend.ReadOutputAsync(jobId, id, run.Cancellation).ConfigureAwait(false))
            {
                runs.Add(CliText.Spell(text, run.Result));
            }

            output.WriteObject(run.Result, host, writer =>
            {
                writer.WriteString("jobId", jobId);
                writer.WriteString("taskId", id);
                JobJson.WriteAll(writer, "runs", runs, text => JobJson.Write(writer, text));
            });
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> FollowAsync(JobRun run, string jobId, string taskId)
    {
        await foreach (JobTaskOutput piece in new TaskOutputFollower(run.Backend).FollowAsync(jobId, taskId, run.Cancellation).ConfigureAwait(false))
        {
            JobTaskOutput text = CliText.Spell(piece, run.Result);
            await run.Host.OutputText.WriteAsync(text.StandardOutput).ConfigureAwait(false);
            await run.Host.Error.WriteAsync(text.StandardError).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
