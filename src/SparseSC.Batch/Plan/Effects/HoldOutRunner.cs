using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>Holds controls out; tasks share nothing that could be given up.</summary>
internal sealed class HoldOutRunner(EffectRun run, SyntheticControlFit[] mainFits) : ITaskRunner
{
    public Func<int, CancellationToken, TaskResult> CreateWorker() => Run;

    public void Learn(IEnumerable<TaskResult> results)
    {
    }

    public void Expect(IReadOnlyList<int> tasks)
    {
    }

    public void Finish(int task)
    {
    }

    private HeldOutResult Run(int task, CancellationToken cancellationToken)
    {
        HeldOutFold fold = run.Folds[task];
        HeldOutControls controls = run.HoldOut(task, mainFits.Length > 0 ? mainFits[fold.Sample] : null, cancellationToken);
        PlannedFold planned = EffectPlanBuilder.Plan(run, fold);
        foreach (double value in controls.Synthetic)
        {
            if (!double.IsFinite(value))
            {
                throw new SparseSCException(
                    "SyntheticNotFinite", $"The synthetic outcomes of fold {planned.Fold} of {planned.TreatmentTime} are not finite numbers. Rescale the outcomes, or give other penalties.");
            }
        }

        return new HeldOutResult(task, planned.Units, controls);
    }
}
