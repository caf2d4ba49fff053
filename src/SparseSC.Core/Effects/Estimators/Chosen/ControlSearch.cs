using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Chosen;

/// <summary>The setting of an estimator that predicts controls best, each from the others, in the periods after the treatment.</summary>
/// <remarks>Source of the rule: Abadie and L'Hour (2021), section 4, leave-one-out cross-validation of the untreated.</remarks>
internal static class ControlSearch
{
    private const int MostControls = 50;

    /// <summary>Predicts controls: all, or those nearest to the treated where there are many.</summary>
    /// <param name="rows">Features of all units.</param>
    /// <param name="controls">Rows of the controls.</param>
    /// <param name="treated">Features of the treated unit, or the mean of several.</param>
    /// <param name="v">Feature weights of distances.</param>
    /// <param name="errors">The sums of squared errors of a unit by its donors, one for each setting.</param>
    /// <param name="parallel">Threads, and what stops the work.</param>
    public static FoldScores[] Run(
        IReadOnlyList<double[]> rows, int[] controls, double[] treated, double[] v, Func<int, int[], double[]> errors, ParallelOptions parallel)
    {
        double Distance(int control) => rows[control].Select((x, k) => v[k] * (x - treated[k]) * (x - treated[k])).Sum();
        int[] tests = controls.Length <= MostControls ? controls : [.. controls.OrderBy(Distance).Take(MostControls).Order()];
        FoldScores[] folds = new FoldScores[tests.Length];
        OrderedWork.Run(tests.Length, parallel, () => 0, (i, _) =>
        {
            int[] donors = [.. controls.Where(control => control != tests[i])];
            folds[i] = new FoldScores { Train = donors, Test = [tests[i]], Scores = errors(tests[i], donors) };
        });
        return folds;
    }

    /// <summary>The first setting with the lowest sum.</summary>
    public static int Best(IEnumerable<FoldScores> folds)
    {
        double[] sums = Sums(folds);
        return Array.IndexOf(sums, sums.Min());
    }

    /// <summary>Notes how the setting was chosen.</summary>
    public static void Describe(SyntheticControlFit fit, FoldScores[] folds)
    {
        fit.Scores = Sums(folds);
        fit.SelectedIndex = Best(folds);
        fit.Score = fit.Scores[fit.SelectedIndex.Value];
        fit.Folds = folds;
    }

    private static double[] Sums(IEnumerable<FoldScores> folds)
    {
        double[] sums = [];
        foreach (FoldScores fold in folds)
        {
            sums = sums.Length == 0 ? [.. fold.Scores] : [.. sums.Select((sum, k) => sum + fold.Scores[k])];
        }

        return sums;
    }
}
