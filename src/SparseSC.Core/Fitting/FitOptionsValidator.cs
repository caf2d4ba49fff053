using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>Checks options that do not depend on the data.</summary>
internal static class FitOptionsValidator
{
    public static void Check(FitOptions options)
    {
        CheckPenalties(options.VPen, "VPen");
        CheckPenalties(options.WPen, "WPen");
        if (options.VPen is { Length: > 1 } && options.WPen is { Length: > 1 })
        {
            throw new InvalidInputException("TwoPenaltyLists", "{VPen} and {WPen} are both lists. Only one penalty can vary at a time: give a single value for the other.", "WPen");
        }

        if (options.VPen is { Length: > 1 } && options.WPen is null && !options.WPenInner)
        {
            throw new InvalidInputException("WPenMissing", "A list for {VPen} needs a value for {WPen}.", "WPen");
        }

        if (options.WPen is { Length: > 1 } && options.VPen is null)
        {
            throw new InvalidInputException("VPenMissing", "A list for {WPen} needs a value for {VPen}.", "VPen");
        }

        CheckGrid(options);
        Positive(options.StoppingRule, "StoppingRule");
        Positive(options.Tol, "Tol");
        Open(options.LearningRate, "LearningRate");
        Open(options.LearningRateAdjustment, "LearningRateAdjustment");
        if (options.MaxIter < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{MaxIter}} {options.MaxIter} must be at least 1.", "MaxIter");
        }

        FitValidator.CheckThreads(options.MaxDegreeOfParallelism);
        Optimizers.Create(options.Optimizer);
    }

    private static void CheckPenalties(double[]? penalties, string parameter)
    {
        if (penalties is { Length: 0 })
        {
            throw new InvalidInputException("PenaltyMissing", $"{{{parameter}}} holds no value.", parameter);
        }

        foreach (double penalty in penalties ?? [])
        {
            if (!double.IsFinite(penalty) || penalty < 0)
            {
                throw new InvalidInputException("PenaltyNegative", $"{{{parameter}}} {penalty:R} must be a finite number, 0 or more.", parameter);
            }
        }
    }

    private static void CheckGrid(FitOptions options)
    {
        if (options.Grid is double[] grid)
        {
            if (grid.Length == 0 || grid.Any(g => !double.IsFinite(g) || g <= 0))
            {
                throw new InvalidInputException("GridInvalid", "{Grid} must hold positive numbers: multiples of the maximum penalty.", "Grid");
            }

            return;
        }

        Positive(options.GridMin, "GridMin");
        Positive(options.GridMax, "GridMax");
        if (options.GridMin > options.GridMax)
        {
            throw new InvalidInputException("GridInvalid", $"{{GridMin}} {options.GridMin:R} is above {{GridMax}} {options.GridMax:R}.", "GridMin");
        }

        if (options.GridLength < 1)
        {
            throw new InvalidInputException("GridInvalid", $"{{GridLength}} {options.GridLength} must be at least 1.", "GridLength");
        }
    }

    private static void Positive(double value, string parameter)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{{parameter}}} {value:R} must be a positive number.", parameter);
        }
    }

    private static void Open(double value, string parameter)
    {
        if (!(value > 0 && value < 1))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{{parameter}}} {value:R} must lie between 0 and 1, both excluded.", parameter);
        }
    }
}
