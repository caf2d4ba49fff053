using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>What the service asks of jobs beyond their schema.</summary>
internal static class JobRules
{
    /// <exception cref="ServiceException">The job cannot be, or asks for what this server does not do.</exception>
    public static void Check(JsonObject job)
    {
        TaskValidator.Refuse(job, "jobManagerTask", "This server runs no jobManagerTask");
        CheckPool(job["poolInfo"]!.AsObject());
        if (job["jobReleaseTask"] is JsonObject release)
        {
            if (job["jobPreparationTask"] is null)
            {
                throw ServiceException.Property("jobReleaseTask", release.ToJsonString(), "A job release task needs a job preparation task");
            }

            CheckId(release);
            TaskValidator.CheckWork(release);
        }

        if (job["jobPreparationTask"] is JsonObject preparation)
        {
            CheckId(preparation);
            TaskValidator.CheckWork(preparation);
        }
    }

    private static void CheckId(JsonObject task)
    {
        if (task["id"] is not null)
        {
            TaskValidator.CheckId(task);
        }
    }

    /// <summary>A job has one of the two kinds of pools; that a named one is there is not asked.</summary>
    /// <remarks>See https://learn.microsoft.com/rest/api/batchservice/job/add.</remarks>
    /// <exception cref="ServiceException">It is none or both.</exception>
    public static void CheckPool(JsonObject pool)
    {
        if (pool["poolId"] is null && pool["autoPoolSpecification"] is null)
        {
            throw ServiceException.Missing("poolInfo.poolId");
        }

        if (pool["poolId"] is { } id && pool["autoPoolSpecification"] is not null)
        {
            throw ServiceException.Property("poolInfo", id.ToString(), "Either poolId or autoPoolSpecification must be specified, not both");
        }
    }

    /// <summary>A copy with the ids that the service gives when there are none.</summary>
    public static JsonObject WithDefaults(JsonObject job)
    {
        JsonObject copy = job.DeepClone().AsObject();
        if (copy["jobPreparationTask"] is JsonObject preparation)
        {
            preparation["id"] ??= "jobpreparation";
            preparation["waitForSuccess"] ??= true;
            preparation["rerunOnNodeRebootAfterSuccess"] ??= true;
        }

        if (copy["jobReleaseTask"] is JsonObject release)
        {
            release["id"] ??= "jobrelease";
        }

        return copy;
    }
}
