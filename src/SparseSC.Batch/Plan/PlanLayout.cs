using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>Names of files and folders in a batch directory.</summary>
internal static class PlanLayout
{
    public const string PlanFile = "plan.json";
    public const string ManifestFile = "manifest.json";
    public const string FeaturesFile = "features.npy";
    public const string TargetsFile = "targets.npy";
    public const string DonorPoolFile = "donor_pool.npy";
    public const string OutcomesFile = "outcomes.npy";
    public const string CovariatesFile = "covariates.npy";
    public const string MainFitsFile = "main_fits.json";
    public const string FitFile = "merged.json";
    public const string ResultsFolder = "results";
    public const string FailuresFolder = "failures";
    public const string ClaimsFolder = "claims";

    /// <summary>The files that plans of a kind name as their inputs; not every plan has all of them.</summary>
    public static IReadOnlyList<string> Inputs(PlanKind kind) =>
        kind == PlanKind.Effects ? [OutcomesFile, CovariatesFile, MainFitsFile] : [FeaturesFile, TargetsFile, DonorPoolFile];

    public static string TaskFile(int task) => $"task-{task:D6}.json";

    public static string ClaimFile(int task) => $"task-{task:D6}.lock";
}
