using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Validation;

/// <summary>What the service asks of ids and tasks beyond their schema.</summary>
internal static partial class TaskValidator
{
    /// <exception cref="ServiceException">The id is not 1 to 64 letters, digits, hyphens and underscores.</exception>
    public static void CheckId(JsonObject body)
    {
        string id = body["id"]!.ToString();
        if (!Id().IsMatch(id))
        {
            throw ServiceException.Property("id", id, "It must be 1 to 64 letters, digits, hyphens and underscores");
        }
    }

    /// <exception cref="ServiceException">The task cannot run in this job, or asks for what this server does not do.</exception>
    public static void Check(JsonObject task, JobResource job)
    {
        CheckId(task);
        foreach (string other in (string[])["JobPreparationTask", "JobReleaseTask"])
        {
            if (job.Spec[char.ToLowerInvariant(other[0]) + other[1..]]?["id"]?.ToString().Is(task["id"]!.ToString()) ?? false)
            {
                throw ServiceException.Conflict($"TaskIdSameAs{other}", $"The specified task id is same as the {(other == "JobReleaseTask" ? "job release" : "job preparation")} task.");
            }
        }

        if (task["dependsOn"] is not null && !job.UsesDependencies)
        {
            // https://learn.microsoft.com/rest/api/batchservice/batch-status-and-error-codes
            throw new ServiceException(
                400, "TaskDependenciesNotSpecifiedOnJob", "The job does not use task dependencies, and the task has some.");
        }

        // More slots than any node of the pool has are taken: such a task waits for ever (github.com/Azure/Batch/issues/117).
        CheckWork(task);
    }

    /// <exception cref="ServiceException">A task or start task asks for what this server does not do.</exception>
    public static void CheckWork(JsonObject task)
    {
        if (task["containerSettings"]?["registry"] is JsonObject registry)
        {
            ContainerValidator.CheckRegistry(registry, "containerSettings.registry");
        }

        // In a container an empty command starts what the image starts (github.com/Azure/azure-powershell/issues/9938).
        if (string.IsNullOrWhiteSpace(task["commandLine"]?.ToString()) && task["containerSettings"] is null)
        {
            throw ServiceException.Property("commandLine", "", "It must not be empty");
        }

        Refuse(task, "multiInstanceSettings", "This server runs no multi-instance tasks");
        ResourceFileRules.Check(task["resourceFiles"]);
        foreach (JsonNode? output in task["outputFiles"] as JsonArray ?? [])
        {
            JsonNode? container = output!["destination"]?["container"];
            if (!Uri.TryCreate(container?["containerUrl"]?.ToString(), UriKind.Absolute, out _))
            {
                throw ServiceException.Property("outputFiles.destination.container.containerUrl", "", "It must be an absolute address");
            }
        }
    }

    /// <exception cref="ServiceException">The property is there.</exception>
    public static void Refuse(JsonObject item, string property, string reason)
    {
        if (item[property] is { } value)
        {
            throw ServiceException.Property(property, value.ToJsonString(), reason);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Id();
}
