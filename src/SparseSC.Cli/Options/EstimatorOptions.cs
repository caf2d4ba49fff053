using System.CommandLine;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Which estimator is asked for: by its name, or by the older options that mean the same.</summary>
internal sealed class EstimatorOptions(Option<bool> joint, Option<EffectMethod?> unitWeight, FastOptionGroup fast)
{
    /// <summary>The option that names it.</summary>
    public Option<EffectMethod?> Estimator { get; } = Choice(
        "--estimator",
        "How synthetic controls are fitted; --fast, --joint and --unit-weight are other ways to say the first four [default: fast]",
        [.. Enum.GetValues<EffectMethod>().Select(method => (EffectJson.MethodName(method), method))]);

    /// <exception cref="InvalidInputException">Two are asked for.</exception>
    public EffectMethod Read(ParseResult result)
    {
        EffectMethod? older = Older(result);
        EffectMethod? named = result.GetValue(Estimator);
        return named is null || older is null || named == older
            ? named ?? older ?? EffectMethod.Fast
            : throw new InvalidInputException(
                "MethodAmbiguous",
                $"{{Estimator}} {{Estimator:{named}}} contradicts {{{OlderName(result)}}}. Leave that out.",
                "Estimator");
    }

    private EffectMethod? Older(ParseResult result)
    {
        bool isJoint = result.GetValue(joint);
        if (isJoint && fast.IsGiven(result))
        {
            throw new InvalidInputException("MethodAmbiguous", "Give either {Fast} or {Joint}, not both.", "Joint");
        }

        EffectMethod? weights = result.GetValue(unitWeight);
        if (weights is not (null or EffectMethod.Fast) && (isJoint || fast.IsGiven(result)))
        {
            throw new InvalidInputException(
                "MethodAmbiguous",
                "{UnitWeight} other than penalised is fitted neither by {Fast} nor by {Joint}. Leave these out.",
                "UnitWeight");
        }

        // Penalised unit weights are those of two estimators.
        return isJoint ? EffectMethod.Joint : weights is not (null or EffectMethod.Fast) ? weights : fast.IsGiven(result) ? EffectMethod.Fast : null;
    }

    private string OlderName(ParseResult result) => result.GetValue(joint) ? "Joint" : fast.IsGiven(result) ? "Fast" : "UnitWeight";
}
