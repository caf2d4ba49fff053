using System.CommandLine;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc plan --effects</c>: splits an effect estimate into tasks.</summary>
/// <remarks>A command of its own under the same name: its options have the names of a fit's, but the defaults of effects.</remarks>
internal static class EffectPlanCommand
{
    private const string SwitchName = "--effects";

    /// <summary>Whether a command line asks for this form of <c>plan</c>.</summary>
    /// <remarks>The parser decides, so that every way to write a switch counts: <c>--effects</c>, <c>--effects=true</c>, <c>--effects false</c>.</remarks>
    public static bool IsAskedFor(IReadOnlyList<string> args, ParserConfiguration parsing)
    {
        Option<bool> asked = Switch();
        Command plan = new("plan") { asked };
        plan.TreatUnmatchedTokensAsErrors = false;
        ParseResult result = new RootCommand { plan }.Parse(args, parsing);
        return result.CommandResult.Command == plan && result.GetResult(asked)?.Errors.Any() == false && result.GetValue(asked);
    }

    /// <summary>The option that asks for it.</summary>
    public static Option<bool> Switch() => OptionFactory.Switch(SwitchName, "Plan treatment effects instead of a fit: a task is a fold of controls held out");

    public static Verb Create(CliHost host)
    {
        BatchDirectoryOption directory = new("Folder to write the plan to; made when it does not exist");
        Option<bool> force = OptionFactory.Switch("--force", "Replace another plan that stands there, with its results; the same plan is taken up with them anyway");
        EffectDataOptions data = new(host);
        EffectOptionGroup options = new();
        OutputOptions output = new();
        Verb command = new(
            "plan",
            "Write a batch directory with everything an effect estimate needs, split into tasks, and print the plan as JSON.",
            $"sparsesc plan --effects --batch-directory prop99-effects {Verb.California}");
        command.Add(Switch());
        directory.AddTo(command);
        command.Add(force);
        data.AddTo(command);
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            (EffectData effectData, string outcome) = data.Read(result);
            EffectOptions effectOptions = options.Read(result, effectData.Outcomes.Rows);
            BatchPlan plan;
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                plan = BatchPlans.CreateEffects(effectData, effectOptions, directory.Value(result), result.GetValue(force), outcome, progress, host.Cancellation);
            }

            CliText.Spell(plan, result);
            output.WriteObject(result, host, writer => PlanJson.Write(writer, plan));
            PlanJson.SayWasThere(host.Error, plan, output.IsQuiet(result));
        }));
        return command;
    }
}
