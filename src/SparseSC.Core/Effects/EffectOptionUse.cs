using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Effects.Estimators.Bounded;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Which options an estimator of effects, or a test of an effect, uses; any other is an error and not a silence.</summary>
/// <remarks>Options are named as messages name them, such as <c>VPen</c>.</remarks>
public static class EffectOptionUse
{
    private static readonly string[] OfConformal = ["Permutations", "Draws", "Norm", "NullGrid"];

    private static readonly string[] OfMeans = ["Solver", "CovariatesBy", "Replications", "Resamples", "Lambda", "LambdaChoice"];

    private static readonly string[] OfPooled = ["Nu", "Leads", "Lags", "By"];

    private static readonly string[] OfOneByOne = ["Penalty", "Rank", "Ridge", "ValidationFrom"];

    private static readonly string[] CrossFits = ["CrossFitFolds", "CrossFitSeed", "CrossFitBy"];

    private static readonly string[] OfPenalisedFits =
        [.. OptionUse.JointOnly, .. OptionUse.FastOnly, "WPenGrid", "MatchSpace", .. OptionUse.OfMatchSpaces];

    /// <summary>Refuses an option that an estimator does not use.</summary>
    /// <param name="method">The estimator.</param>
    /// <param name="options">The options as they were read.</param>
    /// <param name="given">The options given.</param>
    /// <exception cref="InvalidInputException">The first such option; its id is <c>OptionNotUsed</c>.</exception>
    public static void Check(EffectMethod method, EffectOptions options, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(given);
        if (MeanEstimators.All.Contains(method))
        {
            OptionUse.Refuse(
                [.. OfPenalisedFits, .. CrossFits, "MaxPlacebos", "PlaceboScale", "AverageTreated", "Scale", "EvaluationPeriods", "Doses", .. OfOneByOne, .. OfOther(method)],
                given,
                _ => $"belongs to other estimators and is not used by {{Estimator}} {{Estimator:{method}}}. Leave it out.");
            return;
        }

        OptionUse.Refuse(
            [.. OfMeans, .. OfPooled],
            given,
            name => $"belongs to {{Estimator}} {OwnersOf(name)} and is not used by {{Estimator}} {{Estimator:{method}}}. Leave it out.");
        OptionUse.Refuse(
            OfOneByOne.Except(OwnOf(method)),
            given,
            name => $"belongs to {{Estimator}} {OwnersOf(name)} and is not used by {{Estimator}} {{Estimator:{method}}}. Leave it out.");
        if (BoundedModel.All.Contains(method) || OwnOf(method).Length > 0)
        {
            OptionUse.Refuse(
                [.. OfPenalisedFits.Except(OwnOf(method)), .. NotOf(method)],
                given,
                _ => $"belongs to other estimators and is not used by {{Estimator}} {{Estimator:{method}}}. Leave it out.");
            OptionUse.CheckOfEffects(isFast: true, given);
            return;
        }

        if (method == EffectMethod.DifferenceInDifferences)
        {
            OptionUse.Refuse(
                ["Scale"],
                given,
                _ => "is not used by {UnitWeight} {UnitWeight:DifferenceInDifferences}, which does not match on covariates. Leave it out.");
        }

        if (method is EffectMethod.Simplex or EffectMethod.DifferenceInDifferences)
        {
            OptionUse.Refuse(
                OfPenalisedFits,
                given,
                _ => $"belongs to penalised unit weights and is not used by {{UnitWeight}} {{UnitWeight:{method}}}. Leave it out.");
            OptionUse.CheckOfEffects(isFast: true, given);
            return;
        }

        OptionUse.CheckOfEffects(method == EffectMethod.Fast, given);
        if (method == EffectMethod.Fast || given.Contains("MatchSpace"))
        {
            OptionUse.CheckMatchSpace(options.Fast.MatchSpace.Kind, options.Fast.MatchSpace.VPens is { Length: 1 }, drawsElse: true, given);
        }
    }

    /// <summary>Refuses an option that a test of an effect does not use.</summary>
    /// <param name="kind">The test.</param>
    /// <param name="permutations">The rearrangements of a conformal test.</param>
    /// <param name="method">The estimator asked for.</param>
    /// <param name="given">The options given.</param>
    /// <exception cref="InvalidInputException">The first such option; its id is <c>OptionNotUsed</c>.</exception>
    public static void CheckTest(
        EffectTestKind kind, ConformalPermutations permutations, EffectMethod method, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        string notUsed = $"and is not used by {{Kind}} {{Kind:{kind}}}. Leave it out.";
        if (kind != EffectTestKind.Time)
        {
            OptionUse.Refuse(["PlaceboTimes"], given, _ => $"belongs to {{Kind}} {{Kind:Time}} {notUsed}");
        }

        if (kind != EffectTestKind.Conformal)
        {
            OptionUse.Refuse(OfConformal, given, _ => $"belongs to {{Kind}} {{Kind:Conformal}} {notUsed}");
        }

        if (kind == EffectTestKind.LeaveOneOut)
        {
            OptionUse.Refuse(
                [.. CrossFits, "NoWeights", "Weights"],
                given,
                _ => "is not used by {Kind} {Kind:LeaveOneOut}, which compares estimates and holds no control out. Leave it out.");
        }

        if (kind == EffectTestKind.Conformal)
        {
            CheckConformal(permutations, method, given);
        }
    }

    private static string OwnersOf(string option) => option switch
    {
        "Solver" => "{Estimator:Sdid}",
        "Penalty" => "{Estimator:Penalized}",
        "Rank" or "Ridge" => "{Estimator:Robust}",
        "Nu" or "Leads" or "Lags" or "By" => "{Estimator:PartiallyPooled}",
        "ValidationFrom" => "{Estimator:Classic}",
        "Lambda" or "LambdaChoice" => "{Estimator:Augmented}",
        "Replications" => "{Estimator:Sdid}, {Estimator:Augmented} or {Estimator:PartiallyPooled}",
        _ => "{Estimator:Sdid} or {Estimator:Augmented}",
    };

    private static string[] OwnOf(EffectMethod method) => method switch
    {
        EffectMethod.Penalized => ["Penalty"],
        EffectMethod.Robust => ["Rank", "Ridge"],
        EffectMethod.Classic => ["V", "ValidationFrom"],
        _ => [],
    };

    private static string[] NotOf(EffectMethod method) =>
        method == EffectMethod.Classic ? ["Scale", "Demean"] : method == EffectMethod.Penalized ? [] : ["Scale"];

    private static string[] OfOther(EffectMethod method) => method switch
    {
        EffectMethod.Sdid => ["Demean", "Lambda", "LambdaChoice", .. OfPooled],
        EffectMethod.PartiallyPooled => ["Solver", "CovariatesBy", "Lambda", "LambdaChoice", "Resamples", "PrePeriods", "PostPeriods"],
        _ => ["Solver", .. OfPooled],
    };

    private static void CheckConformal(ConformalPermutations permutations, EffectMethod method, IReadOnlyCollection<string> given)
    {
        string[] unused =
        [
            "Joint", "Fast", "ModelType", "EvaluationPeriods", .. CrossFits, "MaxPlacebos", "Asymmetric", "Interval", "PlaceboScale", "Doses", "AverageTreated",
            "NoWeights", "DonorPool", "Scale", .. OfMeans, .. OfPooled, .. OfOneByOne, .. OfPenalisedFits,
        ];
        const string Why = "is not used by {Kind} {Kind:Conformal}, which always fits simplex weights. Leave it out.";
        OptionUse.Refuse(unused, given, _ => Why);
        if (method != EffectMethod.Simplex)
        {
            OptionUse.Refuse(["UnitWeight", "Estimator"], given, _ => Why);
        }

        if (permutations != ConformalPermutations.Iid)
        {
            OptionUse.Refuse(
                ["Draws", "Seed"],
                given,
                _ => "belongs to {Permutations} {Permutations:Iid}, which draws at random. Give that as well, or leave it out.");
        }
    }
}
