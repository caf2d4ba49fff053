using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>The folder of local jobs: one folder a job, with its record and the logs of its workers.</summary>
internal sealed class JobStore(string directory)
{
    private const string RecordName = "job.json";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    public string Directory { get; } = directory;

    public static void RequireValidId(string jobId)
    {
        bool isValid = jobId.Length is > 0 and <= 128
            && jobId[0] != '.'
            && jobId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (!isValid)
        {
            throw new BatchJobException(
                ErrorIds.InvalidJobId,
                $"{{JobId}} '{jobId}' cannot name a job. Use up to 128 letters, digits, '-', '_' and '.', not beginning with '.'.",
                jobId);
        }
    }

    public string FolderOf(string jobId) => Path.Combine(Directory, jobId);

    public bool Contains(string jobId) => File.Exists(RecordPath(jobId));

    /// <exception cref="BatchJobException">There is no such job, or its record is damaged.</exception>
    public JobRecord Read(string jobId)
    {
        RequireValidId(jobId);
        try
        {
            return JobRecordFile.Read(RecordPath(jobId));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BatchJobException(
                ErrorIds.JobNotFound,
                $"There is no job '{jobId}' in '{Directory}'. If its record lies elsewhere, give a configuration with that {{JobDirectory}}.",
                jobId,
                error);
        }
    }

    public void Write(JobRecord record)
    {
        System.IO.Directory.CreateDirectory(FolderOf(record.Id));
        JobRecordFile.Write(RecordPath(record.Id), record);
    }

    /// <summary>Whether job records can be written.</summary>
    public ConfigFinding Test()
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            string probe = Path.Combine(Directory, Path.GetRandomFileName());
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return new ConfigFinding { Check = "JobDirectory", Message = $"Job records are kept in '{Directory}'." };
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ConfigFinding
            {
                Check = "JobDirectory",
                Severity = FindingSeverity.Error,
                Message = $"Job records cannot be written to '{Directory}' ({error.Message}). Give another {{JobDirectory}}.",
            };
        }
    }

    /// <summary>Ids of all jobs, in no order.</summary>
    public IEnumerable<string> Ids() => System.IO.Directory.Exists(Directory)
        ? System.IO.Directory.EnumerateDirectories(Directory).Select(folder => Path.GetFileName(folder)).Where(Contains)
        : [];

    public void Remove(string jobId) => System.IO.Directory.Delete(FolderOf(jobId), recursive: true);

    /// <summary>Keeps other sessions from starting or changing jobs until it is disposed.</summary>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(Directory);
        string path = Path.Combine(Directory, ".lock");
        DateTime giveUp = DateTime.UtcNow + LockPatience;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < giveUp)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                throw new BatchJobException(
                    ErrorIds.JobDirectoryLocked,
                    $"Another session has held '{path}' for {LockPatience.TotalSeconds:0} seconds. Try again when it has started its job.",
                    innerException: error);
            }
        }
    }

    private string RecordPath(string jobId) => Path.Combine(FolderOf(jobId), RecordName);
}
