using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.MatchSpace;

/// <summary>A cross-validated lasso: the errors along its penalties and the one chosen.</summary>
/// <param name="Penalties">Penalties tried, descending.</param>
/// <param name="FoldErrors">Mean squared error [fold][penalty]; empty when nothing was cross-validated.</param>
/// <param name="Errors">Mean over folds, per penalty.</param>
/// <param name="StandardErrors">Standard error of that mean, per penalty.</param>
/// <param name="Selected">Index of the penalty chosen, or <c>null</c> when there was one only.</param>
/// <param name="IsConverged">Whether every solve met its tolerance.</param>
internal sealed record LassoPath(
    double[] Penalties, double[][] FoldErrors, double[] Errors, double[] StandardErrors, int? Selected, bool IsConverged)
{
    public double Penalty => Penalties[Selected ?? 0];

    /// <summary>Penalties as given, largest first, or the default ones for the rows at hand.</summary>
    public static double[] PenaltiesFor(LassoSample sample, MatchSpaceOptions options)
        => options.VPens is null
            ? LassoProblem.Penalties(Math.Max(sample.Whole.Problem.MaximumPenalty(), 1e-15))
            : [.. options.VPens.OrderDescending()];

    /// <summary>Chooses a penalty: the first of the lowest mean error or, by standard errors, the largest close enough to it.</summary>
    public static LassoPath CrossValidate(LassoSample sample, MatchSpaceOptions options, ParallelOptions parallel, Action<int, int>? progress)
    {
        double[] penalties = PenaltiesFor(sample, options);
        if (penalties.Length == 1)
        {
            return new LassoPath(penalties, [], [], [], null, true);
        }

        LassoSettings settings = Settings(options);
        double[][] byFold = new double[sample.Folds][];
        bool[] converged = new bool[sample.Folds];
        int done = 0;
        OrderedWork.Run(sample.Folds, parallel, () => new MultiTaskLasso(), (f, lasso) =>
        {
            LassoFold fold = sample.Fold(f);
            lasso.Bind(fold.Training.Problem);
            byFold[f] = new double[penalties.Length];
            converged[f] = true;
            for (int i = 0; i < penalties.Length; i++)
            {
                converged[f] &= lasso.Solve(penalties[i], settings, parallel.CancellationToken).Converged;
                byFold[f][i] = fold.MeanSquaredError(lasso.Coefficients);
            }

            progress?.Invoke(Interlocked.Increment(ref done), sample.Folds);
        });
        return Choose(penalties, byFold, options.SeFactor, converged.All(c => c));
    }

    public static LassoSettings Settings(MatchSpaceOptions options) => new(options.LassoSolver, options.LassoTol, options.LassoMaxIter);

    private static LassoPath Choose(double[] penalties, double[][] byFold, double? seFactor, bool isConverged)
    {
        int folds = byFold.Length;
        double[] means = new double[penalties.Length];
        double[] errors = new double[penalties.Length];
        int best = 0;
        for (int i = 0; i < penalties.Length; i++)
        {
            means[i] = byFold.Sum(fold => fold[i]) / folds;
            double squares = byFold.Sum(fold => (fold[i] - means[i]) * (fold[i] - means[i]));
            errors[i] = Math.Sqrt(squares / (folds - 1) / folds);
            best = means[i] < means[best] ? i : best;
        }

        int chosen = seFactor is double factor
            ? Array.FindIndex(means, mean => mean <= means[best] + (factor * errors[best]))
            : best;
        return new LassoPath(penalties, byFold, means, errors, chosen, isConverged);
    }
}
