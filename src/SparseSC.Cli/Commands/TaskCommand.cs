using System.CommandLine;
using SparseSC.Cli.Options;
using SparseSC.Core.Data;
using SparseSC.Core.Plan;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc task</c>: what a compute node runs.</summary>
internal static class TaskCommand
{
    public static Command Create(CliHost host)
    {
        Option<string> input = OptionFactory.RequiredText("--input", "FILE", "The plan: DIR/plan.json, or DIR");
        Option<string> index = OptionFactory.RequiredText("--index", "I[,J-K]", "Tasks to run, numbered from 0");
        Option<string> output = OptionFactory.RequiredText("--output", "FILE", "Where the result goes; written to a temporary name, then renamed");
        Option<bool> quiet = OptionFactory.Switch("--quiet", "Nothing on standard error when all goes well");
        Command command = new("task", "Run one or more tasks of a plan and write their result: what a compute node executes.")
        {
            input, index, output, quiet,
        };
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            string resultFile = result.GetValue(output)!;
            OutputOptions.ValidateFile(resultFile, "Output");
            BatchPlan plan = BatchDirectoryOption.Load(result.GetValue(input)!, "Input");
            int[] tasks = UnitList.Parse(result.GetValue(index)!, plan.Tasks, "Index", "task");
            plan.RunTasks(tasks, resultFile, host.Cancellation);
            if (!result.GetValue(quiet))
            {
                host.Error.WriteLine($"sparsesc task: {(tasks.Length == 1 ? $"task {tasks[0]}" : $"{tasks.Length} tasks")} done.");
            }
        }));
        return command;
    }
}
