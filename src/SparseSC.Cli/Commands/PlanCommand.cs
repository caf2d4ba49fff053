using System.CommandLine;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc plan</c>: splits a fit into tasks; with <c>--effects</c> it is <see cref="EffectPlanCommand"/>.</summary>
internal static class PlanCommand
{
    public static Command Create(CliHost host)
    {
        BatchDirectoryOption directory = new("Folder to write the plan to; made when it does not exist");
        Option<bool> force = OptionFactory.Switch("--force", "Replace another plan that stands there, with its results; the same plan is taken up with them anyway");
        Option<bool> effects = EffectPlanCommand.Switch();
        DataOptions data = new(host);
        FitOptionGroup fitting = new();
        OutputOptions output = new();
        Verb command = new(
            "plan",
            "Write a batch directory with everything a fit, or an effect estimate, needs, split into tasks, and print the plan as JSON. With --effects it takes the options of 'effects', which follow those of a fit.",
            $"sparsesc plan --batch-directory prop99 {Verb.California}")
        {
            Other = ("With --effects:", () => EffectPlanCommand.Create(host)),
        };
        command.Add(effects);
        directory.AddTo(command);
        command.Add(force);
        data.AddTo(command);
        fitting.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            OptionUse.Check(isFast: false, [.. FastOptionGroup.Given(result)]);
            FitData fitData = data.Read(result);
            FitOptions options = fitting.Read(result, fitData);
            BatchPlan plan = CliText.Spell(BatchPlans.Create(fitData, options, directory.Value(result), result.GetValue(force), host.Cancellation), result);
            output.WriteObject(result, host, writer => PlanJson.Write(writer, plan));
            PlanJson.SayWasThere(host.Error, plan, output.IsQuiet(result));
            foreach (string warning in plan.Warnings)
            {
                host.Error.WriteLine($"sparsesc plan: warning: {warning}");
            }
        }));
        return command;
    }
}
