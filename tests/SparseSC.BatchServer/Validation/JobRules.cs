using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>What the service asks of jobs beyond their schema.</summary>
internal static class JobRules
{
    /// <exception cref="ServiceException">The job cannot be, or asks for what this server does not do.</exception>
    public static void Check(JsonObject job)
    {
        TaskRules.Refuse(job, "jobManagerTask", "This server runs no jobManagerTask");
        if (job["jobReleaseTask"] is JsonObject release)
        {
            if (job["jobPreparationTask"] is null)
            {
                throw ServiceException.Property("jobReleaseTask", release.ToJsonString(), "A job release task needs a job preparation task");
            }

            TaskRules.CheckWork(release);
        }

        if (job["jobPreparationTask"] is JsonObject preparation)
        {
            TaskRules.CheckWork(preparation);
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
