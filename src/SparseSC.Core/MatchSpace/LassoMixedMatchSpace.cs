using SparseSC.Core.Models;
using SparseSC.Core.Units;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.MatchSpace;

/// <summary>A lasso whose penalty is the one at which the units fitted are predicted best, in sample.</summary>
internal static class LassoMixedMatchSpace
{
    /// <param name="problem">What the lasso runs on.</param>
    /// <param name="score">The matching score of feature weights (K): lower is better.</param>
    public static FeatureWeights Make(MatchSpaceProblem problem, Func<double[], double> score)
    {
        MatchSpaceOptions options = problem.Options;
        UnitData data = TargetBlocks.Average(problem.Data, options.TargetBlock);
        LassoSample sample = new(data, problem.Draw(problem.Rows), 1, options.Normalize, problem.Parallel);
        double[] penalties = LassoPath.PenaltiesFor(sample, options);
        double[] scores = new double[penalties.Length];
        MultiTaskLasso lasso = new();
        lasso.Bind(sample.Whole.Problem);
        double[] chosen = [];
        int best = 0;
        bool isConverged = true;
        for (int i = 0; i < penalties.Length; i++)
        {
            if (options.LassoSolver == LassoSolver.Cyclic)
            {
                // The reference starts each penalty anew; where it stops early, that shows.
                lasso.Restart();
            }

            isConverged &= lasso.Solve(penalties[i], LassoPath.Settings(options), problem.Parallel.CancellationToken).Converged;
            double[] v = LassoMatchSpace.Weights(sample, lasso);
            scores[i] = score(v);
            problem.Progress?.Invoke(i + 1, penalties.Length);
            if (i == 0 || scores[i] < scores[best])
            {
                best = i;
                chosen = v;
            }
        }

        return new FeatureWeights(chosen, penalties[best])
        {
            Penalties = penalties, Scores = scores, Selected = best, IsConverged = isConverged,
        };
    }
}
