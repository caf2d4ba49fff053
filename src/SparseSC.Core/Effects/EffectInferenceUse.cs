using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Which estimator goes with which inference.</summary>
public static class EffectInferenceUse
{
    private static readonly EffectInference[] Always = [EffectInference.Placebo];

    // Options that only placebos have.
    private static readonly string[] OfPlacebos =
        ["CrossFitFolds", "CrossFitSeed", "CrossFitBy", "MaxPlacebos", "Asymmetric", "Interval", "PlaceboScale"];

    /// <summary>The ways to judge an estimator's effects.</summary>
    public static IReadOnlyList<EffectInference> Of(EffectMethod method) => method switch
    {
        EffectMethod.Fast or EffectMethod.Joint => [.. Always, EffectInference.Jackknife],
        EffectMethod.DifferenceInDifferences => [.. Always, EffectInference.Conformal, EffectInference.Jackknife, EffectInference.JackknifePlus],
        EffectMethod.Simplex or EffectMethod.Lasso or EffectMethod.Ridge or EffectMethod.LeastSquares =>
            [.. Always, EffectInference.Conformal, EffectInference.Jackknife, EffectInference.JackknifePlus, EffectInference.PredictionInterval],
        EffectMethod.Sdid => [.. Always, EffectInference.Jackknife, EffectInference.Bootstrap],
        EffectMethod.PartiallyPooled => [.. Always, EffectInference.Jackknife],
        EffectMethod.Robust => [.. Always, EffectInference.Conformal, EffectInference.JackknifePlus],
        EffectMethod.Augmented => [.. Always, EffectInference.Conformal, EffectInference.Jackknife, EffectInference.JackknifePlus],
        _ => Always,
    };

    /// <summary>Refuses what does not go together.</summary>
    /// <exception cref="InvalidInputException">It does not (<c>InferenceNotAvailable</c>, <c>InferenceNeedsOther</c>).</exception>
    public static void Check(EffectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Of(options.Method).Contains(options.Inference))
        {
            string pairs = string.Join("; ", Enum.GetValues<EffectMethod>().Select(method =>
                $"{{Estimator:{method}}} with {string.Join(", ", Of(method).Select(inference => $"{{Inference:{inference}}}"))}"));
            throw new InvalidInputException(
                "InferenceNotAvailable",
                $"{{Inference}} {{Inference:{options.Inference}}} does not go with {{Estimator}} {{Estimator:{options.Method}}}. There is {pairs}.",
                "Inference");
        }

        if (options.Inference != EffectInference.Placebo && options.ModelType != ModelType.Retrospective)
        {
            throw new InvalidInputException(
                "InferenceNeedsOther",
                $"{{Inference}} {{Inference:{options.Inference}}} needs {{ModelType}} {{ModelType:Retrospective}}; only placebos judge prospective fits.",
                "ModelType");
        }

        if (options.Inference is EffectInference.Conformal or EffectInference.JackknifePlus && options.Doses is not null)
        {
            throw new InvalidInputException("InferenceNeedsOther", $"{{Inference}} {{Inference:{options.Inference}}} judges the mean of the treated units, which has no doses. Leave {{Doses}} out.", "Doses");
        }
    }

    /// <summary>Refuses options of another inference than the one asked for.</summary>
    /// <param name="inference">The one asked for.</param>
    /// <param name="permutations">The rearrangements of a conformal test.</param>
    /// <param name="given">The options given, named as messages name them.</param>
    /// <exception cref="InvalidInputException">The first such option; its id is <c>OptionNotUsed</c>.</exception>
    public static void CheckOptions(EffectInference inference, ConformalPermutations permutations, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (inference != EffectInference.Conformal)
        {
            Refuse(["Permutations", "NullGrid"], given, "belongs to {Inference} {Inference:Conformal}. Give that as well, or leave it out.");
        }

        if (inference != EffectInference.PredictionInterval)
        {
            Refuse(
                ["UAlpha", "EAlpha", "EMethod", "Differences", "Draws"],
                given,
                "belongs to {Inference} {Inference:PredictionInterval}. Give that as well, or leave it out.");
        }
        else if (given.Contains("UAlpha") || given.Contains("EAlpha"))
        {
            Refuse(["Level"], given, "is 1 − {UAlpha} − {EAlpha} of {Inference} {Inference:PredictionInterval}. Give it or these.");
        }

        if (inference is EffectInference.Jackknife or EffectInference.JackknifePlus)
        {
            // Some fits draw a sample of the units, whatever judges them.
            string[] drawing = given.Contains("SampleFraction") ? ["Replications", "Resamples"] : ["Replications", "Resamples", "Seed"];
            Refuse(
                drawing, given, $"is not used by {{Inference}} {{Inference:{inference}}}, which draws nothing. Leave it out.");
        }

        if (inference is EffectInference.Jackknife or EffectInference.JackknifePlus or EffectInference.Bootstrap or EffectInference.PredictionInterval)
        {
            Refuse(
                OfPlacebos, given, $"belongs to {{Inference}} {{Inference:Placebo}} and is not used by {{Inference}} {{Inference:{inference}}}. Leave it out.");
        }

        if (inference == EffectInference.Conformal)
        {
            Refuse(OfPlacebos, given, "belongs to {Inference} {Inference:Placebo} and is not used by {Inference} {Inference:Conformal}. Leave it out.");
            if (permutations != ConformalPermutations.Iid)
            {
                Refuse(["Seed"], given, "is not used by cyclic shifts, which draw nothing. Give {Permutations} {Permutations:Iid} as well, or leave it out.");
            }
        }
    }

    private static void Refuse(string[] options, IReadOnlyCollection<string> given, string why) =>
        Fitting.OptionUse.Refuse(options, given, _ => why);
}
