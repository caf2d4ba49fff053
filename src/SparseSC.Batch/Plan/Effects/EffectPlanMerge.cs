using System.Diagnostics;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>From held-out controls to the estimate, by the same steps as <see cref="EffectEstimator"/>.</summary>
internal static class EffectPlanMerge
{
    /// <summary>Refuses what belongs to the plan of a fit.</summary>
    /// <exception cref="InvalidInputException">Such an option is given.</exception>
    public static void Check(MergeOptions options)
    {
        if (options.AllowPartial)
        {
            throw new InvalidInputException(
                "AllowPartialNotUsed",
                "{AllowPartial} belongs to the plan of a fit. A plan of effects needs every control held out: use {RunMissing} again to compute only what is missing.",
                "AllowPartial");
        }

        if (options.Choice is not null || options.ChoiceCallback is not null)
        {
            throw new InvalidInputException("ChoiceNotUsed", "{Choice} belongs to the plan of a fit; a plan of effects chose when it was made. Make the plan again with another {Choice}.", "Choice");
        }

        if (options.KeepWeights is true)
        {
            throw new InvalidInputException("KeepWeightsNotUsed", "Unit weights of a plan of effects are kept as it says, and can only be left out. Make the plan again to have them.", "KeepWeights");
        }
    }

    public static EffectEstimate Merge(
        EffectPlanWork work, ResultSet results, MergeOptions how, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        EffectOptions options = work.Parameters.Options.Copy();
        options.MaxDegreeOfParallelism = how.MaxDegreeOfParallelism;
        if (how.KeepWeights is false)
        {
            options.Weights = KeptUnits.None;
        }

        EffectRun run = new(work.ReadData(), options);
        SyntheticControlFit[] fits = work.ReadMainFits();
        if (fits.Length == 0)
        {
            fits = run.FitAll(progress, cancellationToken);
        }

        HeldOutControls[] heldOut = [.. Enumerable.Range(0, work.Tasks).Select(task => ((HeldOutResult)results.Results[task]).Controls)];
        EffectEstimate estimate = run.Assemble(fits, heldOut, cancellationToken);
        estimate.OutcomeName = work.Parameters.OutcomeName;
        estimate.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        return estimate;
    }
}
