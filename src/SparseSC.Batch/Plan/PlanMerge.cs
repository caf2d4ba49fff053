using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Batch.Plan;

/// <summary>From results to the model: the choice of every stage, the iterations that no task scored, and the last fit.</summary>
internal static class PlanMerge
{
    public static SyntheticControlFit Merge(
        PlanParameters plan,
        FitData data,
        ResultSet results,
        MergeOptions how,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        plan.Options.KeepWeights = how.KeepWeights ?? plan.Options.KeepWeights;
        plan.Options.MaxDegreeOfParallelism = how.MaxDegreeOfParallelism;
        PreparedFit prepared = plan.Prepare(data);
        ChoiceRule last = new(how.Choice ?? plan.Options.Choice, how.ChoiceCallback);
        Scored scored = Choose(plan, prepared, new FitStageResults(plan, results.Results), last);

        SyntheticControlFit fit = scored.Iterations.Count < plan.Iterations
            ? new AlternatingSearch(prepared, plan.FitOptions, progress, cancellationToken)
                .Continue(scored.Iterations, plan.Iterations, last)
            : prepared.Finish(
                scored.Iterations, scored.LastScores, progress, ParallelLimit.Of(plan.Options.MaxDegreeOfParallelism, cancellationToken));
        MatchQuality.Note(data, fit, plan.Options.DonorPool);
        fit.Warnings = [.. fit.Warnings, .. scored.Warnings];
        CovariateScaling.Describe(data, fit);
        fit.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        return fit;
    }

    // A choice that was made stands for its stage, so that what came after it fits; without one the stage is chosen from here.
    private static Scored Choose(PlanParameters plan, PreparedFit prepared, FitStageResults results, ChoiceRule last)
    {
        List<FitIteration> done = [];
        List<string> warnings = [];
        double[][] scores = [];
        PenaltyPath? next = null;
        foreach (FitStage stage in plan.Stages)
        {
            PenaltyPath path = next ?? prepared.Path(done);
            scores = results.Scores(stage, path);
            if (results.Choice(stage) is { } choice)
            {
                done.Add(choice.Iteration(path));
                next = choice.Path(plan.Stages[stage.Index + 1]);
                continue;
            }

            int[] complete = [.. Enumerable.Range(0, stage.Penalties).Where(penalty => scores.All(fold => !double.IsNaN(fold[penalty])))];
            if (complete.Length < stage.Penalties)
            {
                warnings.Add(LeftOut(plan, stage, scores, complete));
            }

            if (complete.Length == 0)
            {
                break;
            }

            path = path.Only(complete);
            scores = [.. scores.Select(fold => complete.Select(penalty => fold[penalty]).ToArray())];
            done.Add(PreparedFit.Choose(path, scores, done.Count + 1 == plan.Iterations ? last : results.Rule));
            next = null;
        }

        return new Scored(done, scores, warnings);
    }

    private static string LeftOut(PlanParameters plan, FitStage stage, double[][] scores, int[] complete)
    {
        int[] missing = [.. Enumerable.Range(stage.FirstTask, stage.Tasks).Select(stage.Task)
            .Where(task => task.PenaltyIndices.Any(penalty => double.IsNaN(scores[task.Fold][penalty]))).Select(task => task.Index)];
        string which = MissingText.Describe(plan, missing, plan.Tasks);
        if (complete.Length == 0)
        {
            return stage.Index > 0
                ? $"{which}: no penalty has a score in every fold, so that stage {stage.Index + 1} was computed by merging."
                : throw new BatchPlanException(
                    "NoPenaltyComplete",
                    $"{which}: no penalty has a score in every fold, so there is nothing to choose from. Run {{RunMissing}} again to compute only these.");
        }

        int[] leftOut = [.. Enumerable.Range(0, stage.Penalties).Except(complete)];
        string were = leftOut.Length == 1
            ? $"penalty {leftOut[0]} of {stage.Penalties} was"
            : $"penalties {IndexRanges.Say(leftOut)} of {stage.Penalties} were";
        return $"{which}: {were} left out of the choice.";
    }

    /// <summary>The scores that the results come to.</summary>
    /// <param name="Iterations">The iterations chosen from.</param>
    /// <param name="LastScores">The scores of the last one: [fold][penalty].</param>
    /// <param name="Warnings">What was left out.</param>
    private sealed record Scored(List<FitIteration> Iterations, double[][] LastScores, List<string> Warnings);
}
