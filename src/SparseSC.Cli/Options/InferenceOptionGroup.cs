using System.CommandLine;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Where p-values and intervals of an effect come from.</summary>
internal sealed class InferenceOptionGroup
{
    private readonly Option<EffectInference?> _inference = Choice(
        "--inference",
        "Where p-values, intervals and standard errors come from; not every estimator has all [default: placebo]",
        [.. Enum.GetValues<EffectInference>().Select(inference => (OptionText.CommandLineValue(inference.ToString()), inference))]);

    private readonly Option<string?> _permutations =
        Text("--permutations", "block|iid|N", "Conformal: all cyclic shifts in time, random permutations, or so many of them [default: block]");

    public void AddTo(Command command)
    {
        command.Add(_inference);
        command.Add(_permutations);
    }

    /// <summary>Reads the options into those of the effect.</summary>
    /// <exception cref="InvalidInputException">An option cannot be read, or is not used.</exception>
    public void Read(ParseResult result, EffectOptions options)
    {
        options.Inference = result.GetValue(_inference) ?? EffectInference.Placebo;
        options.Conformal.Rearrange(result.GetValue(_permutations));
        EffectInferenceUse.CheckOptions(options.Inference, options.Conformal.Permutations, [.. FastOptionGroup.Given(result)]);
    }
}
