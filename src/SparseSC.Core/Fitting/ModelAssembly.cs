using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>From the chosen penalties to the model: v on all fitted units, then weights, predictions and summaries.</summary>
internal static class ModelAssembly
{
    public static SyntheticControlFit Build(
        FitProblem problem,
        FitOptions options,
        WeightConstraint constraint,
        IReadOnlyList<FitIteration> iterations,
        double[][] scoresByFold,
        ParallelOptions parallel)
    {
        FitIteration last = iterations[^1];
        double[] v = new double[problem.Data.Features];
        new SearchWorker(options.Optimizer).Search(
            problem.Search(null), last.FittedWPen, last.FittedVPen, v, Optimizers.Options(options, constraint), parallel.CancellationToken);
        int[]? kept = UnitWeights.Kept(options.Kept, problem.Data.Units, problem.TreatedUnits);
        (double[,]? weights, double[,] predictions) = UnitWeights.Compute(
            problem.Data, problem.ControlUnits, v, last.FittedWPen, options.DonorPool, kept, parallel);
        SyntheticControlFit fit = problem.Model.Create(weights, kept, predictions);
        fit.VPen = last.FittedVPen;
        fit.WPen = last.FittedWPen;
        fit.V = v;
        fit.Constraint = constraint;
        fit.Score = last.Score;
        fit.Scores = last.Scores;
        fit.ScoreStandardErrors = last.ScoreStandardErrors;
        fit.SelectedIndex = last.SelectedIndex;
        fit.Iterations = [.. iterations];
        fit.Folds = [.. problem.CvFolds.Select((f, i) => new FoldScores { Train = f.Train, Test = f.Test, Scores = scoresByFold[i] })];
        fit.TrivialUnits = ModelSummary.TrivialUnits(problem.Data, v);
        fit.Warnings = ModelSummary.Warnings(problem, v);
        return fit;
    }
}
