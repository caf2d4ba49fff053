using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Options;

/// <summary>Makes the core's options of a fast fit, or of a match space, of the parameters given.</summary>
internal static class FastFitOptionBinder
{
    /// <summary>Parameters whose name in messages of the core is another.</summary>
    private static readonly Dictionary<string, string> CoreNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Tolerance"] = "Tol",
        ["MinIteration"] = "MinIter",
        ["MaxIteration"] = "MaxIter",
        ["LassoTolerance"] = "LassoTol",
        ["LassoMaxIteration"] = "LassoMaxIter",
        ["AuxiliaryTarget"] = "AuxiliaryTargets",
        ["Dose"] = "Doses",
    };

    /// <summary>A parameter as messages of the core name it.</summary>
    public static string CoreName(string parameter) => CoreNames.GetValueOrDefault(parameter, parameter);

    /// <summary>Refuses a parameter that the single fit asked for does not use.</summary>
    /// <exception cref="InvalidInputException">The first such parameter.</exception>
    public static void Check(FastFitOptionCommand command, bool isFast, IEnumerable<string> given)
    {
        string[] names = [.. given.Select(CoreName)];
        OptionUse.Check(isFast, names);
        if (isFast || command.MatchSpace is not null)
        {
            MatchSpaceOptions matching = MatchSpace(command);
            OptionUse.CheckMatchSpace(matching.Kind, matching.VPens is { Length: 1 }, drawsElse: false, names);
        }
    }

    /// <summary>The options of a fast fit.</summary>
    public static FastFitOptions Bind(FastFitOptionCommand command) => new()
    {
        ModelType = command.ModelType,
        MatchSpace = MatchSpace(command),
        Scale = command.Scale,
        WPens = command.WPens,
        WPenGrid = command.WPenGrid ?? default,
        WPenBy = command.WPenBy ?? WPenRule.Ridge,
        MaxDegreeOfParallelism = command.ThrottleLimit,
        KeepWeights = !command.NoWeights,
    };

    /// <summary>The match space described, whether or not one is named.</summary>
    public static MatchSpaceOptions MatchSpace(FastFitOptionCommand command)
    {
        MatchSpaceOptions options = new()
        {
            Kind = command.MatchSpace ?? (command.V is null ? MatchSpaceKind.Lasso : MatchSpaceKind.Fixed),
            V = command.V,
            VPens = command.VPens,
            Normalize = !command.NoNormalize,
            SeFactor = command.SeFactor,
            TargetBlock = command.TargetBlock,
        };
        options.LassoFolds = command.LassoFolds ?? options.LassoFolds;
        options.LassoSolver = command.LassoSolver ?? options.LassoSolver;
        options.LassoTol = command.LassoTolerance ?? options.LassoTol;
        options.LassoMaxIter = command.LassoMaxIteration ?? options.LassoMaxIter;
        options.SampleFraction = command.SampleFraction ?? options.SampleFraction;
        options.Seed = command.Seed ?? options.Seed;
        options.TreatmentShare = command.TreatmentShare ?? options.TreatmentShare;
        return options;
    }
}
