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
            problem.Search(null), last.FittedWPen, last.FittedVPen, v, Searches.Options(options, constraint), parallel.CancellationToken);
        int[]? kept = UnitWeights.Kept(options.Kept, problem.Data.Units, problem.TreatedUnits);
        (double[,]? weights, double[,] predictions) = UnitWeights.Compute(
            problem.Data, problem.ControlUnits, v, last.FittedWPen, options.DonorPool, kept, parallel);
        return new SyntheticControlFit
        {
            ModelType = problem.ModelType,
            ControlUnits = problem.ControlUnits,
            TreatedUnits = problem.TreatedUnits,
            UnitNames = problem.Source.UnitNames?.ToArray(),
            FeatureNames = problem.Source.Features.ColumnNames?.ToArray(),
            TargetNames = problem.Source.Targets.ColumnNames?.ToArray(),
            VPen = last.FittedVPen,
            WPen = last.FittedWPen,
            V = v,
            Constraint = constraint,
            Score = last.Score,
            ScoreR2 = ModelSummary.PooledR2(problem.Data, predictions, problem.Rows),
            Scores = last.Scores,
            ScoreStandardErrors = last.ScoreStandardErrors,
            SelectedIndex = last.SelectedIndex,
            Iterations = [.. iterations],
            Folds = [.. problem.CvFolds.Select((f, i) => new FoldScores { Train = f.Train, Test = f.Test, Scores = scoresByFold[i] })],
            Weights = weights,
            WeightUnits = kept?.Length < problem.Data.Units ? kept : null,
            Predictions = predictions,
            Targets = problem.Source.Targets.ToArray(),
            TrivialUnits = ModelSummary.TrivialUnits(problem.Data, v),
            Warnings = ModelSummary.Warnings(problem, v),
        };
    }
}
