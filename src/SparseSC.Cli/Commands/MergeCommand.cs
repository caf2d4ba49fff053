using System.CommandLine;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Fitting;
using SparseSC.Core.Plan;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc merge</c>: from the results of a plan to the fitted model.</summary>
internal static class MergeCommand
{
    public static Command Create(CliHost host)
    {
        BatchDirectoryOption directory = new();
        ChoiceOptions choosing = new("the plan's");
        Option<bool> allowPartial = OptionFactory.Switch("--allow-partial", "Merge an incomplete set; penalties that lack a fold are left out of the choice");
        OutputOptions output = new();
        Command command = new("merge", "Aggregate the results of a plan, choose a penalty and print the fitted model, as 'fit' does.");
        directory.AddTo(command);
        choosing.AddChoiceTo(command);
        command.Add(allowPartial);
        choosing.AddRestTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            BatchPlan plan = directory.Load(result);
            SyntheticControlFit fit;
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                MergeOptions how = new()
                {
                    Choice = choosing.PenaltyChoice(result),
                    KeepWeights = choosing.KeepWeights(result) ? null : false,
                    AllowPartial = result.GetValue(allowPartial),
                    MaxDegreeOfParallelism = choosing.Threads(result),
                };
                fit = plan.Merge(how, progress, host.Cancellation);
            }

            output.Write(result, host, stream => FitJson.Write(stream, fit));
            if (!output.IsQuiet(result))
            {
                FitSummary.Write(host.Error, fit);
            }
        }));
        return command;
    }
}
