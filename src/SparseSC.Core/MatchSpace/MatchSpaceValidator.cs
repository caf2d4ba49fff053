using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.MatchSpace;

/// <summary>Checks the options of a match space against the data before any work is done.</summary>
internal static class MatchSpaceValidator
{
    /// <exception cref="InvalidInputException">An option cannot be used; the message names it.</exception>
    public static void Check(MatchSpaceOptions options, FitData data, UnitRoles roles)
    {
        CheckNumbers(options);
        if (options.Kind == MatchSpaceKind.Fixed)
        {
            CheckFixed(options, data);
            return;
        }

        if (options.V is not null)
        {
            throw new InvalidInputException("OptionNotUsed", "{V} gives the feature weights, which {MatchSpace} {MatchSpace:Fixed} uses. Choose that, or leave {V} out.", "V");
        }

        if (options.Kind == MatchSpaceKind.DLasso && data.TreatedUnits.Length == 0)
        {
            throw new InvalidInputException("NoTreatedUnits", "{MatchSpace} {MatchSpace:DLasso} predicts the treatment and needs {TreatedUnits}. Give them, or choose another {MatchSpace}.", "MatchSpace");
        }

        if (options.TargetBlock is int block && (block < 1 || data.Targets.Columns % block != 0))
        {
            throw new InvalidInputException("TargetBlockInvalid", $"{{TargetBlock}} {block} does not divide the {data.Targets.Columns} targets into equal blocks. Give a divisor of {data.Targets.Columns}.", "TargetBlock");
        }

        CheckRows(options, roles);
    }

    private static void CheckRows(MatchSpaceOptions options, UnitRoles roles)
    {
        int rows = MatchSpaceProblem.SampleSize(roles.Rows.Length, options.SampleFraction);
        string sampled = options.SampleFraction < 1 ? " in the sample" : "";
        bool isCrossValidated = options.VPens is not { Length: 1 } && options.Kind != MatchSpaceKind.LassoMixed;
        if (isCrossValidated && rows < options.LassoFolds)
        {
            throw new InvalidInputException(
                "TooFewUnitsForFolds",
                $"{{LassoFolds}} {options.LassoFolds} needs at least as many {roles.RowsName}; there {(rows == 1 ? "is 1" : $"are {rows}")}{sampled}. Give fewer {{LassoFolds}}, a single {{VPens}}, or {{MatchSpace}} {{MatchSpace:Fixed}}.",
                "LassoFolds");
        }

        if (rows < 2)
        {
            throw new InvalidInputException("TooFewUnits", $"A lasso needs at least 2 {roles.RowsName}{sampled}; there {(rows == 1 ? "is 1" : $"are {rows}")}. Give {{MatchSpace}} {{MatchSpace:Fixed}} with {{V}}.", "MatchSpace");
        }
    }

    private static void CheckNumbers(MatchSpaceOptions options)
    {
        if (options.LassoFolds < 2)
        {
            throw new InvalidInputException("FoldCountTooSmall", $"{{LassoFolds}} {options.LassoFolds} must be at least 2.", "LassoFolds");
        }

        if (options.LassoMaxIter < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{LassoMaxIter}} {options.LassoMaxIter} must be at least 1.", "LassoMaxIter");
        }

        Require(options.LassoTol > 0 && double.IsFinite(options.LassoTol), options.LassoTol, "LassoTol", "a positive number");
        Require(options.SampleFraction is > 0 and <= 1, options.SampleFraction, "SampleFraction", "above 0 and at most 1");
        Require(options.TreatmentShare is >= 0 and <= 1, options.TreatmentShare, "TreatmentShare", "from 0 to 1");
        if (options.SeFactor is double factor)
        {
            Require(factor >= 0 && double.IsFinite(factor), factor, "SeFactor", "a finite number, 0 or more");
        }

        CheckPenalties(options.VPens, "VPens");
    }

    /// <summary>Penalties must be positive, and there must be one.</summary>
    internal static void CheckPenalties(double[]? penalties, string parameter)
    {
        if (penalties is { Length: 0 })
        {
            throw new InvalidInputException("PenaltyMissing", $"{{{parameter}}} holds no value.", parameter);
        }

        foreach (double penalty in penalties ?? [])
        {
            Require(penalty > 0 && double.IsFinite(penalty), penalty, parameter, "positive numbers");
        }
    }

    private static void CheckFixed(MatchSpaceOptions options, FitData data)
    {
        if (options.V is not double[] v)
        {
            throw new InvalidInputException("FeatureWeightsMissing", $"{{MatchSpace}} {{MatchSpace:Fixed}} needs {{V}}, one weight for each of the {data.Features.Columns} features.", "V");
        }

        if (v.Length != data.Features.Columns)
        {
            throw new InvalidInputException("FeatureCountMismatch", $"{{V}} has {v.Length} weights; there are {data.Features.Columns} features.", "V");
        }

        foreach (double weight in v)
        {
            Require(weight >= 0 && double.IsFinite(weight), weight, "V", "finite numbers, 0 or more");
        }
    }

    private static void Require(bool isMet, double value, string parameter, string what)
    {
        if (!isMet)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{{parameter}}} {value:R} must be {what}.", parameter);
        }
    }
}
