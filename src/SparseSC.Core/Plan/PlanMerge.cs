using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Plan;

/// <summary>From results to the model, by the same steps as a fit of one iteration.</summary>
internal static class PlanMerge
{
    public static SyntheticControlFit Merge(
        PlanParameters plan, FitData data, ResultSet results, MergeOptions how, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        double[][] scores = Scores(plan, results);
        int[] complete = [.. Enumerable.Range(0, plan.Penalties).Where(penalty => scores.All(fold => !double.IsNaN(fold[penalty])))];
        string[] warnings = complete.Length == plan.Penalties ? [] : [LeftOut(plan, scores, complete)];
        PenaltyPath path = plan.Path.Only(complete);
        scores = [.. scores.Select(fold => complete.Select(penalty => fold[penalty]).ToArray())];

        ChoiceRule last = new(how.Choice ?? plan.Options.Choice, how.ChoiceCallback);
        FitIteration first = PreparedFit.Choose(path, scores, plan.Further is null ? last : new ChoiceRule(plan.Options.Choice, null));
        plan.Options.KeepWeights = how.KeepWeights ?? plan.Options.KeepWeights;
        plan.Options.MaxDegreeOfParallelism = how.MaxDegreeOfParallelism;
        PreparedFit prepared = plan.Prepare(data);

        // What the next iteration tries follows from what this one chose, so no task could have scored it before.
        SyntheticControlFit fit = plan.Further is { } further
            ? new AlternatingSearch(prepared, plan.FitOptions, progress, cancellationToken).Continue([first], further.Iterations, last)
            : prepared.Finish([first], scores, progress, ParallelLimit.Of(plan.Options.MaxDegreeOfParallelism, cancellationToken));
        MatchQuality.Note(data, fit, plan.Options.DonorPool);
        fit.Warnings = [.. fit.Warnings, .. warnings];
        CovariateScaling.Describe(data, fit);
        fit.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        return fit;
    }

    // [fold][penalty]; NaN where there is no result, because a score never is.
    private static double[][] Scores(PlanParameters plan, ResultSet results)
    {
        double[][] scores = [.. plan.Folds.Select(_ => Enumerable.Repeat(double.NaN, plan.Penalties).ToArray())];
        foreach (ScoreResult result in results.Results.Values.Cast<ScoreResult>())
        {
            for (int i = 0; i < result.Scores.Length; i++)
            {
                scores[result.Fold][result.PenaltyIndices[i]] = result.Scores[i];
            }
        }

        return scores;
    }

    private static string LeftOut(PlanParameters plan, double[][] scores, int[] complete)
    {
        int[] missing = [.. Enumerable.Range(0, plan.Tasks).Where(task => plan.Task(task).PenaltyIndices.Any(penalty => double.IsNaN(scores[plan.Task(task).Fold][penalty])))];
        string which = MissingText.Describe(plan, missing, plan.Tasks);
        if (complete.Length == 0)
        {
            throw new BatchPlanException("NoPenaltyComplete", $"{which}: no penalty has a score in every fold, so there is nothing to choose from. Run {{RunMissing}} again to compute only these.");
        }

        int[] leftOut = [.. Enumerable.Range(0, plan.Penalties).Except(complete)];
        string were = leftOut.Length == 1 ? $"penalty {leftOut[0]} of {plan.Penalties} was" : $"penalties {IndexRanges.Say(leftOut)} of {plan.Penalties} were";
        return $"{which}: {were} left out of the choice.";
    }
}
