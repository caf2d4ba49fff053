using SparseSC.Core.Models;
using SparseSC.Core.Units;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.MatchSpace;

/// <summary>Feature weights v_k = ‖B_k‖₂ of a multi-task lasso of the targets on the features, its penalty cross-validated.</summary>
internal static class LassoMatchSpace
{
    public static FeatureWeights Make(MatchSpaceProblem problem)
        => Make(problem, TargetBlocks.Average(problem.Data, problem.Options.TargetBlock), problem.Draw(problem.Rows), problem.Rows);

    /// <summary>The lasso of some targets on the features over a sample of the rows fitted.</summary>
    internal static FeatureWeights Make(MatchSpaceProblem problem, UnitData data, int[] sampled, int[] fitted)
    {
        MatchSpaceOptions options = problem.Options;
        int folds = options.VPens is { Length: 1 } ? 1 : options.FoldsFor(sampled.Length);
        LassoSample sample = new(data, sampled, folds, options.Normalize, problem.Parallel);
        LassoPath path = LassoPath.CrossValidate(sample, options, problem.Parallel, problem.Progress);
        MultiTaskLasso lasso = new();
        lasso.Bind(sample.Whole.Problem);
        LassoResult result = lasso.Solve(path.Penalty, LassoPath.Settings(options), problem.Parallel.CancellationToken);
        return new FeatureWeights(Weights(sample, lasso), path.Penalty)
        {
            Penalties = path.Penalties,
            Scores = path.Errors,
            StandardErrors = path.StandardErrors,
            Selected = path.Selected,
            Folds = FoldScores(sample, path, fitted, data.Units),
            IsConverged = path.IsConverged && result.Converged,
        };
    }

    /// <summary>Norms of the coefficients, scaled back to the features as they are.</summary>
    internal static double[] Weights(LassoSample sample, MultiTaskLasso lasso)
    {
        double[] v = new double[sample.CentreX.Length];
        for (int k = 0; k < v.Length; k++)
        {
            v[k] = sample.Whole.Scales[k] * lasso.GroupNorm(k);
        }

        return v;
    }

    private static FoldScores[] FoldScores(LassoSample sample, LassoPath path, int[] fitted, int units)
    {
        int[] positions = new int[units];
        for (int i = 0; i < fitted.Length; i++)
        {
            positions[fitted[i]] = i;
        }

        int[][] tests = [.. path.FoldErrors.Select((_, f) => sample.Test(f).Select(row => positions[row]).ToArray())];
        return [.. path.FoldErrors.Select((scores, f) => new FoldScores
        {
            Train = [.. tests.Where((_, other) => other != f).SelectMany(rows => rows)],
            Test = tests[f],
            Scores = scores,
        })];
    }
}
