using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Ids of jobs on Azure Batch.</summary>
public static class AzureJobId
{
    /// <summary>The longest id: the service takes 64 characters, of which a further run of the job needs six.</summary>
    public const int Longest = 58;

    /// <summary>Whether <paramref name="jobId"/> can name a job.</summary>
    public static bool IsValid(string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        return jobId.Length is > 0 and <= Longest && jobId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }

    /// <summary>Refuses an id that cannot name a job.</summary>
    /// <exception cref="BatchJobException">It is empty, too long, or holds other characters (<c>InvalidJobId</c>).</exception>
    public static void Require(string jobId)
    {
        if (!IsValid(jobId))
        {
            throw new BatchJobException(
                ErrorIds.InvalidJobId, $"{{JobId}} '{jobId}' cannot name a job. Use up to {Longest} letters, digits, '-' and '_'.", jobId);
        }
    }
}
