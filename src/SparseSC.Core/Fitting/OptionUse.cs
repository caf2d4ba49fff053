using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>Which options belong to which fit, so that an option without effect is an error and not a silence.</summary>
/// <remarks>Options are named as messages name them, such as <c>VPen</c>.</remarks>
public static class OptionUse
{
    /// <summary>Options of the joint fit alone.</summary>
    internal static readonly string[] JointOnly =
    [
        "WPen", "VPen", "Grid", "GridMin", "GridMax", "GridLength", "StoppingRule", "Choice", "CvFolds", "CvSeed", "GradientFolds", "GradientSeed",
        "Constraint", "Optimizer", "Tol", "MinIter", "MaxIter", "LearningRate", "LearningRateAdjustment", "WPenInner", "Cache",
    ];

    /// <summary>Options of the fast fit alone.</summary>
    internal static readonly string[] FastOnly = ["WPens", "WPenBy", "AuxiliaryTargets"];

    /// <summary>Options of a match space, but for the seed, which other things may be drawn with too.</summary>
    internal static readonly string[] OfMatchSpaces =
    [
        "V", "VPens", "NoNormalize", "LassoFolds", "LassoSolver", "LassoTol", "LassoMaxIter", "SeFactor", "SampleFraction", "TargetBlock",
        "TreatmentShare",
    ];

    private static readonly string[] OfPlans = ["BatchDirectory", "Force"];

    /// <summary>Refuses an option that the single fit asked for does not use.</summary>
    /// <param name="isFast">Whether the fast fit is asked for.</param>
    /// <param name="given">The options given.</param>
    /// <exception cref="InvalidInputException">The first such option.</exception>
    public static void Check(bool isFast, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (isFast)
        {
            RefuseJoint([.. JointOnly, .. OfPlans], given);
        }
        else
        {
            RefuseFast([.. OfMatchSpaces, "Seed"], given);
        }

        CheckForce(given);
        CheckGrid(given);
        CheckWPenGrid(isFast, given);
    }

    /// <summary>Refuses an option that the fits of an effect, fast or joint ones, do not use.</summary>
    /// <exception cref="InvalidInputException">The first such option.</exception>
    internal static void CheckOfEffects(bool isFast, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (isFast)
        {
            RefuseJoint(JointOnly, given);
        }
        else
        {
            RefuseFast(OfMatchSpaces, given);
        }

        CheckForce(given);
        CheckGrid(given);
        CheckWPenGrid(isFast, given);
    }

    /// <summary>Refuses an option that the way to make a match space does not use.</summary>
    /// <param name="kind">The way.</param>
    /// <param name="hasOnePenalty">Whether a single lasso penalty is given, so that nothing is cross-validated.</param>
    /// <param name="drawsElse">Whether something other than the sample of units is drawn with the seed.</param>
    /// <param name="given">The options given.</param>
    /// <exception cref="InvalidInputException">The first such option.</exception>
    public static void CheckMatchSpace(MatchSpaceKind kind, bool hasOnePenalty, bool drawsElse, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        string[] unused = kind switch
        {
            MatchSpaceKind.Fixed => [.. OfMatchSpaces.Except(["V"])],
            MatchSpaceKind.LassoMixed => ["LassoFolds", "SeFactor", "TreatmentShare"],
            MatchSpaceKind.Lasso => ["TreatmentShare"],
            _ => [],
        };
        Refuse(unused, given, name => name == "TreatmentShare"
            ? "belongs to {MatchSpace} {MatchSpace:DLasso}. Choose that, or leave it out."
            : $"is not used by {{MatchSpace}} {{MatchSpace:{kind}}}. Leave it out.");
        if (hasOnePenalty)
        {
            Refuse(["LassoFolds", "SeFactor"], given, _ => "is not used with a single {VPens}: nothing is cross-validated. Leave it out.");
        }

        if (!drawsElse && !given.Contains("SampleFraction"))
        {
            Refuse(["Seed"], given, _ => "draws the units of {SampleFraction}. Give that as well, or leave it out.");
        }
    }

    /// <summary>Throws for the first of <paramref name="options"/> that is given.</summary>
    /// <exception cref="InvalidInputException">That option; its id is <c>OptionNotUsed</c>.</exception>
    internal static void Refuse(IEnumerable<string> options, IReadOnlyCollection<string> given, Func<string, string> why)
    {
        if (options.FirstOrDefault(given.Contains) is string name)
        {
            throw new InvalidInputException("OptionNotUsed", $"{{{name}}} {why(name)}", name);
        }
    }

    private static void RefuseJoint(string[] options, IReadOnlyCollection<string> given) => Refuse(options, given, name =>
    {
        string instead = name switch
        {
            "WPen" or "WPenInner" => " The fast fit takes {WPens}.",
            "VPen" or "Grid" or "GridMin" or "GridMax" or "GridLength" => " The fast fit takes {VPens}.",
            "CvFolds" => " The fast fit takes {LassoFolds}.",
            "Choice" => " The fast fit takes {SeFactor}.",
            _ => "",
        };
        return given.Contains("Fast")
            ? $"belongs to the joint fit and cannot be given with {{Fast}}.{instead}"
            : $"belongs to the joint fit. Give {{Joint}} as well, or leave it out.{instead}";
    });

    private static void RefuseFast(string[] ofMatchSpaces, IReadOnlyCollection<string> given)
    {
        string wayOut = given.Contains("Joint") ? "Leave out {Joint}" : "Give {Fast} as well";
        Refuse(FastOnly, given, _ => $"belongs to the fast fit. {wayOut}, or leave it out.");
        if (!given.Contains("MatchSpace"))
        {
            string orMatchSpace = given.Contains("Joint") ? "Give {MatchSpace} as well" : "Give {Fast} or {MatchSpace} as well";
            Refuse(ofMatchSpaces, given, _ => $"belongs to a match space. {orMatchSpace}, or leave it out.");
        }
    }

    private static void CheckForce(IReadOnlyCollection<string> given)
    {
        if (!given.Contains("BatchDirectory"))
        {
            Refuse(["Force"], given, _ => "replaces the plan in {BatchDirectory}. Give that as well, or leave it out.");
        }
    }

    private static void CheckWPenGrid(bool isFast, IReadOnlyCollection<string> given)
    {
        if (given.Contains("WPens"))
        {
            Refuse(["WPenGrid"], given, _ => "is not used with {WPens}, which are taken as they are. Leave one of them out.");
        }

        if (!isFast && !given.Contains("WPenInner"))
        {
            string fast = given.Contains("Joint") ? "" : "{Fast} or ";
            Refuse(["WPenGrid"], given, _ => $"belongs to the fast fit and to {{WPenInner}}. Give {fast}{{WPenInner}} as well, or leave it out.");
        }
    }

    private static void CheckGrid(IReadOnlyCollection<string> given)
    {
        if (given.Contains("Grid"))
        {
            Refuse(
                ["GridMin", "GridMax", "GridLength"],
                given,
                _ => "describes a geometric grid and is not used with {Grid}. Leave one of them out.");
        }
    }
}
