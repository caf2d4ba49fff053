namespace SparseSC.Core.Plan;

/// <summary>Names of files and folders in a batch directory.</summary>
internal static class PlanLayout
{
    public const string PlanFile = "plan.json";
    public const string ManifestFile = "manifest.json";
    public const string FeaturesFile = "features.npy";
    public const string TargetsFile = "targets.npy";
    public const string DonorPoolFile = "donor_pool.npy";
    public const string FitFile = "merged.json";
    public const string ResultsFolder = "results";
    public const string FailuresFolder = "failures";
    public const string ClaimsFolder = "claims";

    public static string TaskFile(int task) => $"task-{task:D6}.json";

    public static string ClaimFile(int task) => $"task-{task:D6}.lock";
}
