using System.CommandLine;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc merge</c>: from the results of a plan to the fitted model, or to the effects.</summary>
internal static class MergeCommand
{
    public static Command Create(CliHost host)
    {
        BatchDirectoryOption directory = new();
        ChoiceOptions choosing = new("the plan's");
        Option<bool> allowPartial = OptionFactory.Switch("--allow-partial", "Merge an incomplete set; penalties that lack a fold are left out of the choice");
        OutputOptions output = new();
        WrittenUnitsOptions written = new();
        CsvOptions csv = new(output, choosing, hasEffects: true);
        Verb command = new(
            "merge",
            "Aggregate the results of a plan, choose a penalty and print the fitted model, as 'fit' does; or print the effects of a plan of effects, as 'effects' does.",
            "sparsesc merge --batch-directory prop99 --output california.json",
            "sparsesc merge --batch-directory prop99 --choice min --output california.json --weights-csv weights.csv");
        directory.AddTo(command);
        choosing.AddChoiceTo(command);
        command.Add(allowPartial);
        choosing.AddRestTo(command);
        csv.AddTo(command);
        written.AddPredictionsTo(command);
        written.AddSyntheticTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            csv.Validate(result);
            BatchPlan plan = directory.Load(result);
            bool isFit = plan.Kind == PlanKind.Fit;
            if (isFit)
            {
                csv.RefuseEffects(result);
            }

            MergeOptions how = new()
            {
                Choice = choosing.PenaltyChoice(result),
                KeepWeights = !choosing.KeepWeights(result) ? false : isFit && csv.NeedsWeights(result) ? true : null,
                AllowPartial = result.GetValue(allowPartial),
                MaxDegreeOfParallelism = choosing.Threads(result),
            };
            if (isFit)
            {
                SyntheticControlFit fit = CliText.Spell(Track(progress => plan.Merge(how, progress, host.Cancellation)), result);
                csv.Write(result, host, fit);
                KeptUnits predictions = written.Predictions(result, fit, host.Error);
                Print(stream => FitJson.Write(stream, fit, predictions), text => FitSummary.Write(text, fit));
            }
            else
            {
                EffectEstimate estimate = CliText.Spell(Track(progress => plan.MergeEffects(how, progress, host.Cancellation)), result);
                csv.Write(result, host, estimate);
                Print(stream => EffectJson.Write(stream, estimate, written.Synthetic(result)), text => EffectSummary.Write(text, estimate));
            }

            T Track<T>(Func<ProgressReporter, T> merge)
            {
                using ProgressReporter progress = new(host, output.IsQuiet(result));
                return merge(progress);
            }

            void Print(Action<Stream> write, Action<TextWriter> summarise)
            {
                output.Write(result, host, write);
                if (!output.IsQuiet(result))
                {
                    summarise(host.Error);
                }
            }
        }));
        return command;
    }
}
