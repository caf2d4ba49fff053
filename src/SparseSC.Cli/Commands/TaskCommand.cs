using System.CommandLine;
using System.Globalization;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Core.Data;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc task</c>: what a compute node runs.</summary>
internal static class TaskCommand
{
    public static Command Create(CliHost host)
    {
        Option<string> input = OptionFactory.RequiredText("--input", "FILE", "The plan: DIR/plan.json, or DIR");
        Option<string> index = OptionFactory.RequiredText("--index", "I[,J-K]", "Tasks to run, numbered from 0");
        Option<string> output = OptionFactory.RequiredText("--output", "FILE", "Where the result goes; written to a temporary name, then renamed");
        Option<string?> results = OptionFactory.Text("--results", "DIR", "Folder of the results that tasks of a later stage need; default: results beside the plan");
        Option<bool> quiet = OptionFactory.Switch("--quiet", "Nothing on standard error when all goes well");
        Option<string?> log = OptionFactory.Text("--log", "DIR", "Folder for a log of this run, in files of its own: version, machine, tasks, what was said, result");
        Verb command = new(
            "task",
            "Run one or more tasks of a plan and write their result: what a compute node executes.",
            "sparsesc task --input prop99/plan.json --index 0,2-4 --output result.json")
        {
            input, index, output, results, log, quiet,
        };
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            using RunLog? own = result.GetValue(log) is string folder ? new RunLog(folder, host.Time.GetUtcNow()) : null;
            if (own is null)
            {
                return Run();
            }

            host.CopyTo(own);
            return Told(host, result.GetValue(index)!, Run);

            int Run() => ErrorReport.Guard(host, result, () =>
            {
                string resultFile = result.GetValue(output)!;
                OutputFile.Require(resultFile, "Output");
                BatchPlan plan = BatchDirectoryOption.Load(result.GetValue(input)!, "Input");
                int[] tasks = UnitList.Parse(result.GetValue(index)!, plan.Tasks, "Index", "task");
                plan.RunTasks(tasks, resultFile, result.GetValue(results) ?? plan.ResultsDirectory, host.Cancellation);
                if (!result.GetValue(quiet))
                {
                    host.Error.WriteLine($"sparsesc task: {(tasks.Length == 1 ? $"task {tasks[0]}" : $"{tasks.Length} tasks")} done.");
                }
            });
        }));
        return command;
    }

    // What a person asks first when a task failed: which program, where, what of it, how long, and how it ended.
    private static int Told(CliHost host, string tasks, Func<int> work)
    {
        long began = host.Time.GetTimestamp();
        string node = Environment.GetEnvironmentVariable("AZ_BATCH_NODE_ID") ?? Environment.MachineName;
        Tell(host, string.Create(CultureInfo.InvariantCulture, $"sparsesc {ProductVersion.Text} on {node}, {Environment.ProcessorCount} processors: plan tasks {tasks}"));
        int code = work();
        string end = code == ExitCode.Done ? "done" : string.Create(CultureInfo.InvariantCulture, $"failed with exit code {code}");
        Tell(host, string.Create(CultureInfo.InvariantCulture, $"{end} after {host.Time.GetElapsedTime(began).TotalSeconds:0.000} s"));
        return code;
    }

    private static void Tell(CliHost host, string what) =>
        host.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{host.Time.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {what}"));
}
