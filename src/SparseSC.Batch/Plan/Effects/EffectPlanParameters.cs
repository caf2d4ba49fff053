using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>Everything a plan of effects fixes besides the matrices.</summary>
/// <param name="Options">The options of the estimate.</param>
/// <param name="OutcomeName">Name of the outcome, or empty.</param>
/// <param name="TreatmentPeriods">Per unit the column of its first treated time.</param>
/// <param name="UnitNames">Names of the units, if they have any.</param>
/// <param name="TimeNames">Names of the times, if they have any.</param>
/// <param name="Covariates">What the covariates' file holds; <c>null</c> without one.</param>
/// <param name="TreatmentTimes">Names of the treatment times estimated.</param>
/// <param name="Folds">One per task.</param>
/// <param name="HasMainFits">Whether the main fits were made with the plan.</param>
internal sealed record EffectPlanParameters(
    EffectOptions Options,
    string OutcomeName,
    int?[] TreatmentPeriods,
    string[]? UnitNames,
    string[]? TimeNames,
    PlanCovariates? Covariates,
    string[] TreatmentTimes,
    PlannedFold[] Folds,
    bool HasMainFits);

/// <summary>How covariates stand in their file: N×K, or K blocks of N×T when they vary over time.</summary>
/// <param name="Names">Their names, if they have any.</param>
/// <param name="Varying">Whether they vary.</param>
internal sealed record PlanCovariates(string[]? Names, bool Varying);

/// <summary>The identity of a task.</summary>
/// <param name="TreatmentTime">Name of the treatment time.</param>
/// <param name="Fold">Index of the fold within it.</param>
/// <param name="Units">Rows of the controls held out.</param>
/// <param name="Window">Length of the window predicted.</param>
/// <param name="Weights">How many weights a result holds per control held out; 0 where the estimate needs none.</param>
internal sealed record PlannedFold(string TreatmentTime, int Fold, int[] Units, int Window, int Weights);
