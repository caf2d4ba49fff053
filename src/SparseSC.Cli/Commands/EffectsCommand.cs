using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc effects</c>: treatment effects with placebo inference.</summary>
internal static class EffectsCommand
{
    public static Command Create(CliHost host)
    {
        EffectDataOptions data = new(host);
        EffectOptionGroup options = new();
        InferenceOptionGroup inference = new();
        OutputOptions output = new();
        WrittenUnitsOptions written = new();
        CsvOptions csv = new(output, options.Choosing, hasEffects: true);
        Verb command = new(
            "effects",
            "Estimate treatment effects with p-values and intervals from placebos, and print them as JSON; a readable summary goes to standard error.",
            $"sparsesc effects {Verb.California} --output effect.json --effects-csv effect.csv",
            $"sparsesc effects {Verb.California} --synthetic all --output shown.json",
            $"sparsesc effects --unit-weight simplex {Verb.California} --output simplex.json");
        data.AddTo(command);
        options.AddTo(command);
        inference.AddTo(command);
        csv.AddTo(command);
        written.AddSyntheticTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            csv.Validate(result);
            (EffectData effectData, string outcome) = data.Read(result);
            EffectOptions effectOptions = options.Read(result, effectData.Outcomes.Rows);
            inference.Read(result, effectOptions);
            EffectEstimate estimate;
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                estimate = EffectEstimator.Run(effectData, effectOptions, progress, host.Cancellation);
            }

            estimate.OutcomeName = outcome;
            CliText.Spell(estimate, result);
            csv.Write(result, host, estimate);
            output.Write(result, host, stream => EffectJson.Write(stream, estimate, written.Synthetic(result)));
            if (!output.IsQuiet(result))
            {
                EffectSummary.Write(host.Error, estimate);
            }
        }));
        return command;
    }
}
