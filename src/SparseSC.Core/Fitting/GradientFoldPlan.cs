using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>Which folds the objective of a search uses, on all rows or on the training rows of a cross-validation fold.</summary>
internal sealed class GradientFoldPlan
{
    private readonly FitProblem _problem;
    private readonly FoldSpecification _specification;
    private readonly uint _seed;
    private readonly int[][]? _fixedTests;

    private GradientFoldPlan(FitProblem problem, FoldSpecification specification, uint seed, int[][]? fixedTests)
    {
        _problem = problem;
        _specification = specification;
        _seed = seed;
        _fixedTests = fixedTests;
    }

    public static GradientFoldPlan Create(FitProblem problem, FitOptions options)
    {
        FoldSpecification folds = options.GradientFolds;
        int[][]? tests = folds.Explicit is null ? null : [.. folds.Explicit.Select(f => f.Test)];
        if (problem.ModelType == ModelType.Prospective && !folds.IsNone && problem.Data.Features > 0)
        {
            tests = ForProspective(problem, tests, options);
        }

        return new GradientFoldPlan(problem, folds, options.GradientSeed, tests);
    }

    /// <summary>Test folds as positions within <paramref name="positions"/>; <c>null</c> for leave-one-out.</summary>
    /// <param name="positions">Positions (of the problem's rows) that are fitted.</param>
    /// <param name="isWhole">Whether these are all rows.</param>
    public int[][]? TestFolds(int[] positions, bool isWhole)
    {
        if (_specification.IsNone)
        {
            return null;
        }

        if (_fixedTests is null)
        {
            string name = isWhole ? _problem.RowsName : _problem.RowsName + " to fit in every cross-validation fold";
            return FoldMaker.ShuffledTests(positions.Length, _specification.Count!.Value, _seed, "GradientFolds", name);
        }

        return Trim(_fixedTests, positions);
    }

    /// <summary>Checks that every cross-validation fold leaves enough rows for the gradient folds, before any of them is searched.</summary>
    /// <exception cref="InvalidInputException">One does not.</exception>
    public void CheckTrainingRows(Fold[] folds)
    {
        if (_problem.ModelType == ModelType.ProspectiveRestricted)
        {
            return;
        }

        foreach (Fold fold in folds)
        {
            TestFolds(fold.Train, isWhole: false);
        }
    }

    /// <summary>Test folds over the control rows alone, for the maximum penalties; <c>null</c> for leave-one-out.</summary>
    public int[][]? ControlTestFolds()
    {
        int[] controls = _problem.ControlUnits;
        if (_specification.IsNone)
        {
            return null;
        }

        if (_specification.Explicit is null)
        {
            return FoldMaker.ShuffledTests(controls.Length, _specification.Count!.Value, _seed, "GradientFolds", "control units");
        }

        int[][] tests = [.. _specification.Explicit.Select(f => f.Test)];
        return _problem.ModelType == ModelType.Prospective ? Trim(tests, controls) : tests;
    }

    /// <summary>
    /// Treated units leave every test fold and become a fold of their own, so that they are predicted from the controls.
    /// Explicit folds that already hold out exactly the treated stay as they are.
    /// </summary>
    private static int[][] ForProspective(FitProblem problem, int[][]? tests, FitOptions options)
    {
        HashSet<int> treated = [.. problem.TreatedUnits];
        tests ??= FoldMaker.ShuffledTests(problem.Data.Units, options.GradientFolds.Count!.Value, options.GradientSeed, "GradientFolds", "units");
        if (options.GradientFolds.Explicit is not null && tests.Any(t => treated.SetEquals(t)))
        {
            return tests;
        }

        List<int[]> rebuilt = [];
        foreach (int[] test in tests)
        {
            int[] kept = [.. test.Where(u => !treated.Contains(u))];
            if (kept.Length > 0)
            {
                rebuilt.Add(kept);
            }
        }

        rebuilt.Add(problem.TreatedUnits);
        return [.. rebuilt];
    }

    private static int[][] Trim(int[][] tests, int[] positions)
    {
        Dictionary<int, int> index = [];
        for (int i = 0; i < positions.Length; i++)
        {
            index[positions[i]] = i;
        }

        int[][] trimmed = [.. tests.Select(t => t.Where(index.ContainsKey).Select(u => index[u]).ToArray()).Where(t => t.Length > 0)];
        if (trimmed.Length == 0 || trimmed.Any(t => t.Length == positions.Length))
        {
            throw new InvalidInputException("GradientFoldsTooCoarse", "{GradientFolds} leaves a fold without donors once the held-out units of a cross-validation fold are taken away. Give more, smaller folds.", "GradientFolds");
        }

        return trimmed;
    }
}
