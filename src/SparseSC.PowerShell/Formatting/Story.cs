using System.Globalization;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Formatting;

/// <summary>The sentences of -Verbose about the work of commands: what was read, what was chosen, where files lie.</summary>
internal static class Story
{
    private const int MostListed = 5;

    public static string Of(Panel panel) =>
        $"The panel: {panel}"
            + $"{(panel.CovariateNames.Length > 0 ? $"; covariates {List(panel.CovariateNames)}" : "")}"
            + $"{(panel.TreatedUnits.Length > 0 ? $"; treated {panel.Treatment}" : "")}"
            + $"{(panel.DroppedUnits.Length > 0 ? $"; left out {List(panel.DroppedUnits)}" : "")}.";

    public static string Of(FitData data) =>
        $"The data: {data.Features.Rows} units, {data.TreatedUnits.Length} treated; {data.Features.Columns} features, "
            + $"{data.Targets.Columns} targets.";

    public static IEnumerable<string> Of(SyntheticControlFit fit)
    {
        yield return $"Fitted a {fit.ModelType} model{(fit.IsFast ? " by the fast fit" : "")} on {fit.ControlUnits.Length} donors"
            + $"{(fit.MatchSpace is { } space ? $", match space {space}" : "")}, constraint {fit.Constraint}.";
        string number = fit.SelectedIndex is int index ? $", number {index + 1}" : "";
        string tried = fit.Scores.Length > 1 ? $" out of {fit.Scores.Length} tried{number}" : "";
        yield return $"Chose penalties v {Number(fit.VPen)} and w {Number(fit.WPen)}{tried}; score {Number(fit.Score)}, "
            + $"R² {Number(fit.ScoreR2)}, {fit.V.Count(weight => weight != 0)} of {fit.V.Length} features kept.";
    }

    public static IEnumerable<string> Of(EffectEstimate estimate)
    {
        yield return $"Estimated by {estimate.Method} ({estimate.ModelType}): matched on {estimate.PrePeriods} periods, "
            + $"fitted to {estimate.PostPeriods}, evaluated in {estimate.EvaluationPeriods}; "
            + $"treatment times {List([.. estimate.Periods.Select(period => period.TreatmentTime)])}.";
        foreach (PeriodEffect period in estimate.Periods)
        {
            string held = period.HeldOutSynthetic is null ? "by the main fit" : "held out";
            yield return $"From {period.TreatmentTime}: {period.TreatedUnits.Length} treated, {period.ControlUnits.Length} controls, "
                + $"predicted {held}; penalties v {Number(period.Fit.VPen)} and w {Number(period.Fit.WPen)}.";
        }

        string placebos = estimate.Effect.Exhaustive ? "all there are" : $"drawn with seed {estimate.Effect.Seed}";
        yield return $"Judged by {estimate.Effect.PlaceboCount} placebos ({placebos}), "
            + $"intervals of level {Number(estimate.Effect.Level)}: {estimate.Effect.Average}.";
    }

    public static string OfTest(object test) => test switch
    {
        SpacePlacebo space =>
            $"Ranked {space.Rows.Length} units as if each were the treated one; the estimate: {space.Estimate.Effect.Average}.",
        TimePlacebo time => $"Dated the treatment of {time.TreatmentTime} back to {List(time.PlaceboTimes)}.",
        LeaveOneOutTest leave => $"Left out {leave.Rows.Length} donors, one at a time: average effects from {Number(leave.Lowest)} "
            + $"to {Number(leave.Highest)}.",
        ConformalTest conformal =>
            $"Compared unit '{conformal.Unit}' under {conformal.PermutationCount} rearrangements: p = {Number(conformal.JointPValue)}.",
        _ => $"{test}",
    };

    public static IEnumerable<string> Of(BatchPlan plan)
    {
        if (plan.WasThere)
        {
            yield return $"The same plan is in '{plan.Directory}' already, with {plan.GetStatus().Done.Length} of {plan.Tasks} results; it was taken up.";
        }

        yield return $"The plan has {plan.Tasks} tasks and lies in '{plan.PlanFile}'; results belong into '{plan.ResultsDirectory}', "
            + $"the merged one into '{plan.FitFile}'.";
    }

    public static string Of(BatchJob job) =>
        $"Job '{job.Id}' is {job.State}: {job.Done} of {job.Tasks} tasks are done, {job.Failed} failed; "
            + $"its plan lies in '{job.BatchDirectory}'.";

    public static string Of(BatchResults results) =>
        $"Results: {results.Done} of {results.Tasks} lie in '{results.BatchDirectory}'; {results.Missing.Length} are missing, "
            + $"{results.Failed.Length} tasks failed, {results.Invalid.Length} files were refused.";

    public static string Of(LocalBatchConfig config)
    {
        string processes = config.MaxParallel == 0 ? "one worker process per processor" : $"at most {config.MaxParallel} worker processes";
        return $"Jobs run on this machine in {processes}; worker {config.WorkerPath ?? "of the module"}; "
            + $"records and logs in '{JobDirectory.Resolve(config.JobDirectory)}'.";
    }

    public static string Of(AzureBatchConfig config) =>
        $"Jobs run on Azure Batch account '{config.BatchAccountName}' at {Address(config.BatchAccountEndpoint)}, "
            + $"files lie on storage account '{config.StorageAccountName}' at {Address(config.StorageEndpoint)}; "
            + $"pool {config.PoolId ?? "made for each job"}, "
            + $"sign-in {config.Credential}, worker {config.WorkerPath ?? "of the module"}.";

    // What follows a question mark may be a signature.
    private static string Address(string? endpoint) => endpoint is null ? "its own address" : endpoint.Split('?')[0];

    private static string List(string[] names) =>
        string.Join(", ", names.Take(MostListed)) + (names.Length > MostListed ? $" and {names.Length - MostListed} more" : "");

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
