using System.Diagnostics;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Plan;

/// <summary>From complete results to the model, by the same steps as a fit of one iteration.</summary>
internal static class PlanMerge
{
    public static SyntheticControlFit Merge(
        PlanParameters plan,
        FitData data,
        ResultSet results,
        PenaltyChoice? choice,
        Func<IReadOnlyList<double>, int>? choiceCallback,
        bool? keepWeights,
        int maxDegreeOfParallelism,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        double[][] scores = [.. plan.Folds.Select(_ => new double[plan.Penalties])];
        foreach (TaskResult result in results.Results.Values)
        {
            for (int i = 0; i < result.Scores.Length; i++)
            {
                scores[result.Fold][result.PenaltyIndices[i]] = result.Scores[i];
            }
        }

        FitIteration iteration = AlternatingSearch.Choose(plan.Path, scores, choice ?? plan.Options.Choice, choiceCallback);
        plan.Options.KeepWeights = keepWeights ?? plan.Options.KeepWeights;
        plan.Options.MaxDegreeOfParallelism = maxDegreeOfParallelism;
        progress?.Report(new FitProgress("Fitting the model", 0, 0, 1));
        SyntheticControlFit fit = ModelAssembly.Build(
            new FitProblem(data, plan.Options), plan.Options, plan.Options.Constraint!.Value, [iteration], scores, JointFit.Parallel(plan.Options, cancellationToken));
        progress?.Report(new FitProgress("Fitting the model", 0, 1, 1));
        fit.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        return fit;
    }
}
