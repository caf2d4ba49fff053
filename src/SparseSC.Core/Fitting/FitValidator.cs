using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>Checks the input of a fit before any work is done.</summary>
internal static class FitValidator
{
    public static void Check(FitData data, FitOptions options)
    {
        CheckDataAndUnits(data, options.ModelType);
        FitOptionsValidator.Check(options);
        if (data.Features.Columns > 0)
        {
            CheckFolds(data, options, UnitRoles.Resolve(data, options.ModelType));
        }

        CheckDonorPool(data, options.DonorPool);
    }

    /// <summary>Checks what every fit needs: shapes, finite numbers, and which units are treated.</summary>
    public static void CheckDataAndUnits(FitData data, ModelType? modelType, bool fullMayHaveTreatedUnits = false)
    {
        CheckData(data);
        CheckUnits(data, modelType, fullMayHaveTreatedUnits);
    }

    public static void CheckDonorPool(FitData data, bool[,]? pool)
    {
        int units = data.Targets.Rows;
        int controls = units - data.TreatedUnits.Length;
        if (pool is not null && (pool.GetLength(0) != units || pool.GetLength(1) != controls))
        {
            throw new InvalidInputException("DonorPoolShape", $"{{DonorPool}} is {pool.GetLength(0)}×{pool.GetLength(1)}; it must have one row per unit and one column per control, {units}×{controls}.", "DonorPool");
        }
    }

    public static void CheckThreads(int threads)
    {
        if (threads < 0)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Threads}} {threads} must be 0 (one per processor) or more.", "Threads");
        }
    }

    private static void CheckFolds(FitData data, FitOptions options, ModelType type)
    {
        int units = data.Targets.Rows;
        int controls = units - data.TreatedUnits.Length;
        (int rows, string what) = type switch
        {
            ModelType.Retrospective => (controls, "control units"),
            ModelType.ProspectiveRestricted => (data.TreatedUnits.Length, "treated units"),
            _ => (units, "units"),
        };
        CheckFolds(options.CvFolds, rows, what, "CvFolds", disjoint: false);
        if (type != ModelType.ProspectiveRestricted)
        {
            CheckFolds(options.GradientFolds, rows, what, "GradientFolds", disjoint: true);
        }
        else if (!ConstraintRule.HasBothPenalties(options))
        {
            // Cross-training has no folds of its own; only the maximum penalty uses them, on the controls.
            CheckFolds(options.GradientFolds, controls, "control units", "GradientFolds", disjoint: true);
        }
    }

    private static void CheckData(FitData data)
    {
        if (data.Features.Rows != data.Targets.Rows)
        {
            throw new InvalidInputException("RowCountMismatch", $"{{Features}} has {data.Features.Rows} rows and {{Targets}} has {data.Targets.Rows}. Both need one row per unit, in the same order.{RowCountHint.For(data.Features, data.Targets)}", "Targets");
        }

        if (data.Targets.Columns == 0 || data.Targets.Rows == 0)
        {
            throw new InvalidInputException("NoTargets", $"{{Targets}} is {data.Targets.Rows}×{data.Targets.Columns}. Give at least one outcome column and two units.", "Targets");
        }

        CheckFinite(data.Features, "Features", data);
        CheckFinite(data.Targets, "Targets", data);
    }

    public static void CheckFinite(FeatureMatrix matrix, string parameter, FitData data)
    {
        int bad = -1;
        for (int i = 0; i < matrix.Values.Length && bad < 0; i++)
        {
            if (!double.IsFinite(matrix.Values[i]))
            {
                bad = i;
            }
        }

        if (bad < 0)
        {
            return;
        }

        int row = bad / matrix.Columns;
        int column = bad % matrix.Columns;
        string unit = data.UnitNames is null ? $"row {row}" : $"unit '{data.UnitNames[row]}' (row {row})";
        string name = matrix.ColumnNames is null ? $"column {column}" : $"column '{matrix.ColumnNames[column]}'";
        throw new InvalidInputException("ValueNotFinite", $"{{{parameter}}} has {matrix.Values[bad]} for {unit}, {name}. Complete the data or leave that unit or column out.", parameter);
    }

    private static void CheckUnits(FitData data, ModelType? modelType, bool fullMayHaveTreatedUnits)
    {
        int units = data.Targets.Rows;
        HashSet<int> seen = [];
        foreach (int unit in data.TreatedUnits)
        {
            if (unit < 0 || unit >= units)
            {
                throw new InvalidInputException("TreatedUnitOutOfRange", $"{{TreatedUnits}} names row {unit}; rows go from 0 to {units - 1}.", "TreatedUnits");
            }

            if (!seen.Add(unit))
            {
                throw new InvalidInputException("TreatedUnitRepeated", $"{{TreatedUnits}} names row {unit} twice.", "TreatedUnits");
            }
        }

        if (modelType == ModelType.Full && seen.Count > 0 && !fullMayHaveTreatedUnits)
        {
            throw new InvalidInputException("FullModelWithTreatedUnits", "{ModelType} {ModelType:Full} fits all units alike. Leave {TreatedUnits} out, or choose another {ModelType}.", "ModelType");
        }

        if (modelType is not (null or ModelType.Full) && seen.Count == 0)
        {
            throw new InvalidInputException("NoTreatedUnits", $"{{ModelType}} {{ModelType:{modelType}}} needs {{TreatedUnits}}. Give them, or use {{ModelType}} {{ModelType:Full}}.", "TreatedUnits");
        }

        if (seen.Count == units)
        {
            throw new InvalidInputException("AllUnitsTreated", $"{{TreatedUnits}} names all {units} units; at least 2 must remain as controls.", "TreatedUnits");
        }

        if (units - seen.Count < 2)
        {
            throw new InvalidInputException("TooFewControls", $"Only {units - seen.Count} control unit remains; at least 2 are needed.", "TreatedUnits");
        }
    }

    private static void CheckFolds(FoldSpecification folds, int rows, string what, string parameter, bool disjoint)
    {
        if (folds.IsNone && parameter == "CvFolds")
        {
            throw new InvalidInputException("FoldCountTooSmall", "{CvFolds} must be a number of folds or a file of folds; {GradientFolds:None} is only for {GradientFolds}.", parameter);
        }

        if (folds.Count is int count && (count < 2 || count > rows))
        {
            FoldMaker.ShuffledTests(rows, count, 0, parameter, what);
        }

        if (folds.Explicit is null)
        {
            return;
        }

        if (folds.Explicit.Count == 0)
        {
            throw new InvalidInputException("NoFolds", $"{{{parameter}}} holds no folds.", parameter);
        }

        int[] heldBy = new int[rows];
        Array.Fill(heldBy, -1);
        for (int f = 0; f < folds.Explicit.Count; f++)
        {
            Fold fold = folds.Explicit[f];
            if (fold.Test.Length == 0 || fold.Test.Length >= rows || (fold.Train.Length == 0 && !disjoint))
            {
                throw new InvalidInputException("FoldEmpty", $"Fold {f} of {{{parameter}}} has {fold.Train.Length} train and {fold.Test.Length} test rows of {rows} {what}; both sides need some.", parameter);
            }

            foreach (int row in fold.Train.Concat(fold.Test))
            {
                if (row < 0 || row >= rows)
                {
                    throw new InvalidInputException("FoldOutOfRange", $"Fold {f} of {{{parameter}}} names row {row}; there are {rows} {what}, from 0 to {rows - 1}.", parameter);
                }
            }

            foreach (int row in fold.Test.Where(_ => disjoint))
            {
                if (heldBy[row] >= 0)
                {
                    throw new InvalidInputException("FoldsOverlap", $"Row {row} is in the test sets of folds {heldBy[row]} and {f} of {{{parameter}}}. Each unit is predicted once: make the test sets disjoint.", parameter);
                }

                heldBy[row] = f;
            }
        }
    }
}
