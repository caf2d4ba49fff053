using SparseSC.Core.Errors;

namespace SparseSC.Core.Fitting;

/// <summary>Which options belong to which fit, so that an option without effect is an error and not a silence.</summary>
public static class OptionUse
{
    private static readonly string[] JointOnly =
    [
        "WPen", "VPen", "Grid", "GridMin", "GridMax", "GridLength", "StoppingRule", "Choice", "CvFolds", "CvSeed", "GradientFolds", "GradientSeed",
        "Constraint", "Optimizer", "Tol", "MinIter", "MaxIter", "LearningRate", "LearningRateAdjustment", "WPenInner", "Cache", "BatchDirectory",
    ];

    private static readonly string[] FastOnly = ["WPens", "WPenBy", "AuxiliaryTargets"];

    private static readonly string[] OfMatchSpaces =
    [
        "V", "VPens", "NoNormalize", "LassoFolds", "LassoSolver", "LassoTol", "LassoMaxIter", "SeFactor", "SampleFraction", "Seed", "TargetBlock",
        "TreatmentShare",
    ];

    /// <summary>Refuses an option that the fit asked for does not use.</summary>
    /// <param name="isFast">Whether the fast fit is asked for.</param>
    /// <param name="given">The options given, by the names messages use, such as <c>VPen</c>.</param>
    /// <exception cref="InvalidInputException">The first such option.</exception>
    public static void Check(bool isFast, IReadOnlyCollection<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (isFast)
        {
            foreach (string name in JointOnly.Where(given.Contains))
            {
                string instead = name switch
                {
                    "WPen" or "WPenInner" => " The fast fit takes {WPens}.",
                    "VPen" or "Grid" or "GridMin" or "GridMax" or "GridLength" => " The fast fit takes {VPens}.",
                    "CvFolds" => " The fast fit takes {LassoFolds}.",
                    "Choice" => " The fast fit takes {SeFactor}.",
                    _ => "",
                };
                throw new InvalidInputException("OptionNotUsed", $"{{{name}}} belongs to the joint fit and cannot be given with {{Fast}}.{instead}", name);
            }

            return;
        }

        foreach (string name in FastOnly.Where(given.Contains))
        {
            throw new InvalidInputException("OptionNotUsed", $"{{{name}}} belongs to the fast fit. Give {{Fast}} as well, or leave it out.", name);
        }

        foreach (string name in OfMatchSpaces.Where(name => given.Contains(name) && !given.Contains("MatchSpace")))
        {
            throw new InvalidInputException("OptionNotUsed", $"{{{name}}} belongs to a match space. Give {{Fast}} or {{MatchSpace}} as well, or leave it out.", name);
        }
    }
}
