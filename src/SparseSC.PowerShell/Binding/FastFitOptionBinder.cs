using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.MatchSpace;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Binding;

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
    };

    /// <summary>Refuses a parameter that the fit asked for does not use.</summary>
    /// <exception cref="InvalidInputException">The first such parameter.</exception>
    public static void Check(bool isFast, IEnumerable<string> given)
        => OptionUse.Check(isFast, [.. given.Select(name => CoreNames.GetValueOrDefault(name, name))]);

    /// <exception cref="InvalidInputException">An argument cannot be read.</exception>
    public static FastFitOptions Bind(FastFitOptionCommand command, Func<string, string> resolvePath) => new()
    {
        ModelType = command.ModelType,
        MatchSpace = MatchSpace(command),
        WPens = command.WPens,
        WPenBy = command.WPenBy ?? WPenRule.Ridge,
        DonorPool = command.DonorPool is null ? null : DonorPoolArgument.Read(command.DonorPool, resolvePath),
        AuxiliaryTargets = command.AuxiliaryTarget is null ? null : MatrixArgument.Read(command.AuxiliaryTarget, "AuxiliaryTargets", resolvePath),
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
