using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Penalized;

/// <summary>The penalty that predicts controls best, each from the others, in the periods after the treatment.</summary>
/// <remarks>
/// Source: Abadie and L'Hour (2021), section 4: leave-one-out cross-validation of the untreated. Both terms are squared distances, so that λ has no unit and one
/// grid serves all data.
/// </remarks>
internal sealed class PenaltySearch
{
    private const int MostControls = 50;

    private PenaltySearch(FoldScores[] folds) => Folds = folds;

    /// <summary>The penalties tried: 10⁻⁴ to 10², two a power of ten.</summary>
    public static double[] Penalties { get; } = [.. Enumerable.Range(-8, 13).Select(power => Math.Pow(10, power / 2.0))];

    /// <summary>One per control predicted.</summary>
    public FoldScores[] Folds { get; }

    /// <summary>Predicts controls: all, or those nearest to the mean of the treated where there are many.</summary>
    /// <param name="data">The sample.</param>
    /// <param name="controls">Its controls.</param>
    /// <param name="v">Feature weights.</param>
    /// <param name="parallel">Threads, and what stops the work.</param>
    public static PenaltySearch Run(FitData data, int[] controls, double[] v, ParallelOptions parallel)
    {
        int[] tests = Nearest(data, controls, v);
        FoldScores[] folds = new FoldScores[tests.Length];
        OrderedWork.Run(tests.Length, parallel, () => 0, (i, _) =>
        {
            int[] donors = [.. controls.Where(control => control != tests[i])];
            folds[i] = new FoldScores { Train = donors, Test = [tests[i]], Scores = Errors(data, tests[i], donors, v) };
        });
        return new PenaltySearch(folds);
    }

    /// <summary>The choice of a fit without some of its controls.</summary>
    /// <param name="main">The fit.</param>
    /// <param name="without">Rows of the controls whose own errors do not count.</param>
    public static double Choose(SyntheticControlFit main, IReadOnlySet<int> without)
    {
        FoldScores[] others = [.. main.Folds.Where(fold => !without.Contains(fold.Test[0]))];
        double[] scores = Sum(others);
        return others.Length == 0 ? main.WPen : Penalties[Array.IndexOf(scores, scores.Min())];
    }

    /// <summary>The choice: the first minimum.</summary>
    public double Choose()
    {
        double[] scores = Sum(Folds);
        return Penalties[Array.IndexOf(scores, scores.Min())];
    }

    /// <summary>Notes how the penalty was chosen.</summary>
    public void Describe(SyntheticControlFit fit)
    {
        fit.Scores = Sum(Folds);
        fit.SelectedIndex = Array.IndexOf(fit.Scores, fit.Scores.Min());
        fit.Score = fit.Scores[fit.SelectedIndex.Value];
        fit.Folds = Folds;
    }

    private static double[] Errors(FitData data, int unit, int[] donors, double[] v)
    {
        double[] errors = new double[Penalties.Length];
        double[]? weights = null;

        // From the largest penalty down: few donors carry weight there, and each solution is the start of the next.
        for (int p = errors.Length - 1; p >= 0; p--)
        {
            weights = PenalizedModel.Solve(data, unit, donors, v, Penalties[p], weights);
            for (int t = 0; t < data.Targets.Columns; t++)
            {
                double error = data.Targets[unit, t];
                for (int j = 0; j < donors.Length; j++)
                {
                    error -= weights[j] * data.Targets[donors[j], t];
                }

                errors[p] += error * error;
            }
        }

        return errors;
    }

    private static double[] Sum(IEnumerable<FoldScores> folds)
    {
        double[] sums = new double[Penalties.Length];
        foreach (FoldScores fold in folds)
        {
            for (int p = 0; p < sums.Length; p++)
            {
                sums[p] += fold.Scores[p];
            }
        }

        return sums;
    }

    private static int[] Nearest(FitData data, int[] controls, double[] v)
    {
        if (controls.Length <= MostControls)
        {
            return controls;
        }

        double[] mean = new double[v.Length];
        foreach (int unit in data.TreatedUnits)
        {
            for (int k = 0; k < mean.Length; k++)
            {
                mean[k] += data.Features[unit, k] / data.TreatedUnits.Length;
            }
        }

        double Distance(int control)
        {
            double sum = 0;
            for (int k = 0; k < mean.Length; k++)
            {
                double difference = data.Features[control, k] - mean[k];
                sum += v[k] * difference * difference;
            }

            return sum;
        }

        return [.. controls.OrderBy(Distance).Take(MostControls).Order()];
    }
}
