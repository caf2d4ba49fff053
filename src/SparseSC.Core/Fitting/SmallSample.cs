using SparseSC.Core.Data;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>Makes defaults fit few units: ten folds need ten units, and who has six has not asked for ten.</summary>
internal static class SmallSample
{
    /// <summary>The options with as many folds as the units allow, where their number was not given.</summary>
    /// <param name="data">The data of the fit.</param>
    /// <param name="options">Its options, which stay as they are.</param>
    /// <returns>The options to fit with, and a sentence when something is smaller than the default.</returns>
    public static (FitOptions Options, string? Warning) Resolve(FitData data, FitOptions options)
    {
        if ((!options.CvFolds.MayShrink && !options.GradientFolds.MayShrink) || data.Targets.Rows == 0 || data.Features.Columns == 0)
        {
            return (options, null);
        }

        int controls = data.Targets.Rows - data.TreatedUnits.Length;
        bool isRestricted = UnitRoles.Resolve(data, options.ModelType) == ModelType.ProspectiveRestricted;
        (int rows, string what) = UnitRoles.Resolve(data, options.ModelType) switch
        {
            ModelType.Retrospective => (controls, "control units"),
            ModelType.ProspectiveRestricted => (data.TreatedUnits.Length, "treated units"),
            _ => (data.Targets.Rows, "units"),
        };
        FitOptions resolved = options.Copy();
        resolved.CvFolds = options.CvFolds.For(rows);
        resolved.GradientFolds = options.GradientFolds.For(isRestricted ? controls : Training(resolved.CvFolds, rows));
        string[] smaller =
        [
            .. Smaller("CvFolds", options.CvFolds, resolved.CvFolds),
            .. Smaller("GradientFolds", options.GradientFolds, resolved.GradientFolds),
        ];
        return (resolved, smaller.Length == 0 ? null : $"There are {rows} {what}: {string.Join(" and ", smaller)}.");
    }

    /// <summary>A sentence when the lasso of a match space has fewer folds than the default; <c>null</c> otherwise.</summary>
    public static string? Lasso(MatchSpaceOptions options, UnitRoles roles)
    {
        int rows = MatchSpaceProblem.SampleSize(roles.Rows.Length, options.SampleFraction);
        bool isCrossValidated = options.VPens is not { Length: 1 } && options.Kind is not (MatchSpaceKind.LassoMixed or MatchSpaceKind.Fixed);
        return options.LassoFolds is null && isCrossValidated && options.FoldsFor(rows) < MatchSpaceOptions.UsualLassoFolds
            ? $"There are {rows} {roles.RowsName}: {{LassoFolds}} {options.FoldsFor(rows)} in place of {MatchSpaceOptions.UsualLassoFolds}."
            : null;
    }

    // Gradient folds split what a cross-validation fold leaves.
    private static int Training(FoldSpecification folds, int rows) => folds.Explicit is { Count: > 0 } given
        ? given.Min(fold => fold.Train.Length)
        : folds.Count is int count && count > 0 ? rows - (((rows - 1) / count) + 1) : rows;

    private static IEnumerable<string> Smaller(string name, FoldSpecification usual, FoldSpecification used) => used.Count < usual.Count
        ? [$"{{{name}}} {used.Count} in place of {usual.Count}"]
        : [];
}
