using System.CommandLine;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc run</c>: every task without a valid result, here.</summary>
internal static class RunCommand
{
    public static Command Create(CliHost host)
    {
        BatchDirectoryOption directory = new();
        Option<int?> parallel = OptionFactory.Whole("--parallel", "Tasks at a time [default: one per processor]", minimum: 0);
        Option<bool> exitWithParent = OptionFactory.Switch("--exit-with-parent", "End, cancelled, when standard input ends");
        exitWithParent.Hidden = true;
        OutputOptions output = new();
        Verb command = new(
            "run",
            "Run every task of a plan that has no valid result yet, and print the status as JSON.",
            "sparsesc run --batch-directory prop99 --parallel 2") { parallel, exitWithParent };
        directory.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            if (result.GetValue(exitWithParent))
            {
                ParentWatch.Start(host);
            }

            BatchPlan plan = directory.Load(result);
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                plan.RunMissing(result.GetValue(parallel) ?? 0, progress, host.Cancellation);
            }

            PlanStatus status = CliText.Spell(plan.GetStatus(), result);
            output.WriteObject(result, host, writer => PlanJson.Write(writer, status));
            if (!output.IsQuiet(result))
            {
                host.Error.WriteLine($"sparsesc run: {status.Done.Length} of {status.Tasks} tasks done.");
            }
        }));
        return command;
    }
}
