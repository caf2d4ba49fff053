namespace SparseSC.Batch.Plan;

/// <summary>
/// The exclusive right to run one task in a batch directory, held through an open file: it ends with the process, however that ends.
/// </summary>
internal sealed class TaskClaim : IDisposable
{
    private readonly FileStream _stream;

    private TaskClaim(FileStream stream)
    {
        _stream = stream;
    }

    /// <summary>Claims a task; <c>null</c> when someone else is running it.</summary>
    public static TaskClaim? TryTake(string directory, int task)
    {
        string folder = Path.Combine(directory, PlanLayout.ClaimsFolder);
        Directory.CreateDirectory(folder);
        try
        {
            return new TaskClaim(new FileStream(
                Path.Combine(folder, PlanLayout.ClaimFile(task)), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException && IsSharing(error)))
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a task looks claimed. Only the file is looked at: to try its lock would be to hold it for a moment, and a worker would
    /// pass the task by.
    /// </summary>
    public static bool IsTaken(string directory, int task) =>
        File.Exists(Path.Combine(directory, PlanLayout.ClaimsFolder, PlanLayout.ClaimFile(task)));

    public void Dispose() => _stream.Dispose();

    private static bool IsSharing(Exception error)
    {
        const int WindowsSharingViolation = unchecked((int)0x80070020);
        const int LinuxWouldBlock = 11;
        const int BsdWouldBlock = 35;
        return error.HResult is WindowsSharingViolation or LinuxWouldBlock or BsdWouldBlock;
    }
}
