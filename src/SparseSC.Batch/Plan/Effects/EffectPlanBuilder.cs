using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>Fixes what a plan of effects needs before any task runs: folds, and the fits whose penalties the tasks take over.</summary>
internal static class EffectPlanBuilder
{
    public static EffectPlanContent Build(
        EffectData data, EffectOptions options, string outcomeName, IProgress<FitProgress>? progress)
    {
        Check(options);
        EffectRun run = new(data, options);
        EffectPlanParameters parameters = new(
            options,
            outcomeName,
            data.TreatmentPeriods,
            data.Outcomes.RowNames?.ToArray(),
            data.Outcomes.ColumnNames?.ToArray(),
            Covariates(data),
            [.. run.Samples.Select(run.TimeOf)],
            [.. run.Folds.Select(fold => Plan(run, fold))],
            run.HoldOutReadsFit);
        return new EffectPlanContent(data, parameters, stop => run.FitAll(progress, stop));
    }

    /// <summary>The identity of a fold.</summary>
    public static PlannedFold Plan(EffectRun run, HeldOutFold fold)
    {
        PeriodSample sample = run.Samples[fold.Sample];
        int[] units = [.. fold.Test.Select(test => sample.Units[sample.Controls[test]])];
        return new PlannedFold(run.TimeOf(sample), fold.Fold, units, sample.Window, run.KeepsWeights ? sample.Controls.Length : 0);
    }

    private static PlanCovariates? Covariates(EffectData data) => data.VaryingCovariates.Count > 0
        ? new PlanCovariates([.. data.CovariateNames], Varying: true)
        : data.FixedCovariates is { } fixedOnes ? new PlanCovariates(fixedOnes.ColumnNames?.ToArray(), Varying: false) : null;

    private static void Check(EffectOptions options)
    {
        EffectInferenceUse.Check(options);
        if (MeanEstimators.All.Contains(options.Method))
        {
            throw new InvalidInputException(
                "EstimatorNotPlanned",
                $"{{Estimator}} {{Estimator:{options.Method}}} is not split into tasks: its replicates take milliseconds. Estimate directly.",
                "Estimator");
        }

        if (options.Method == EffectMethod.Classic)
        {
            throw new InvalidInputException("EstimatorNotPlanned", "{Estimator} {Estimator:Classic} is not split into tasks. Estimate directly.", "Estimator");
        }

        if (options.Inference != EffectInference.Placebo)
        {
            throw new InvalidInputException(
                "InferenceNotPlanned",
                $"{{Inference}} {{Inference:{options.Inference}}} holds no controls out, so there is nothing to split into tasks. Estimate directly, or give {{Inference}} {{Inference:Placebo}}.",
                "Inference");
        }

        if (options.Joint.ChoiceCallback is not null)
        {
            throw new InvalidInputException("ChoiceNotStorable", "A function cannot be stored in a plan. Give {Choice} as a rule, or estimate directly.", "Choice");
        }

        if (options.Joint.StoppingCallback is not null)
        {
            throw new InvalidInputException("StoppingRuleNotStorable", "A function cannot be stored in a plan. Give {StoppingRule} as a number, or estimate directly.", "StoppingRule");
        }

        if (options.Fast.AuxiliaryTargets is not null)
        {
            throw new InvalidInputException("AuxiliaryTargetsNotUsed", "{AuxiliaryTargets} belong to one fit; an effect fits many. Leave them out.", "AuxiliaryTargets");
        }

        if (options.Combinations is not null)
        {
            throw new InvalidInputException("CombinationsNotStorable", "Combinations of controls that are given cannot be stored in a plan. Estimate directly.");
        }
    }
}
