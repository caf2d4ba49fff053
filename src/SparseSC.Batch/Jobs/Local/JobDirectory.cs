namespace SparseSC.Batch.Jobs.Local;

/// <summary>The folder of job records and logs, when the configuration does not name one.</summary>
public static class JobDirectory
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "SPARSESC_JOB_DIRECTORY";

    /// <summary>The folder given, else the environment's, else the user's own.</summary>
    public static string Resolve(string? configured)
    {
        string? chosen = string.IsNullOrEmpty(configured) ? Environment.GetEnvironmentVariable(Variable) : configured;
        return string.IsNullOrEmpty(chosen)
            ? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "SparseSC",
                "jobs")
            : Path.GetFullPath(chosen);
    }

    /// <summary>Ids of the jobs in a folder, the newest first.</summary>
    /// <param name="configured">The folder given, or <c>null</c>.</param>
    public static IEnumerable<string> Jobs(string? configured)
    {
        JobStore store = new(Resolve(configured));
        return store.Ids().OrderByDescending(id => Directory.GetCreationTimeUtc(store.FolderOf(id))).ThenBy(id => id, StringComparer.Ordinal);
    }
}
