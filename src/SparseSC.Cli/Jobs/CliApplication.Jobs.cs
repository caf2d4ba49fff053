using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Jobs;
using SparseSC.Cli.Plots;

namespace SparseSC.Cli;

/// <content>The verbs of batch jobs and of pictures, which a worker does not have.</content>
internal static partial class CliApplication
{
    static partial void AddJobVerbs(RootCommand root, CliHost host)
    {
        root.Add(PlotCommand.Create(host));
        root.Add(ReportCommand.Create(host));
        root.Add(SubmitCommand.Create(host));
        root.Add(WaitCommand.Create(host));
        root.Add(ReceiveCommand.Create(host));
        root.Add(StopCommand.Create(host));
        root.Add(RemoveCommand.Create(host));
        root.Add(RestartCommand.Create(host));
        root.Add(JobsCommand.Create(host));
        root.Add(TasksCommand.Create(host));
        root.Add(LogsCommand.Create(host));
        root.Add(CheckCommand.Create(host));
    }
}
