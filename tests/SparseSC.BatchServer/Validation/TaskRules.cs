using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Validation;

/// <summary>What the service asks of ids and tasks beyond their schema.</summary>
internal static partial class TaskRules
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
    public static void Check(JsonObject task, JobResource job, PoolResource? pool)
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
            throw ServiceException.Conflict("TaskDependenciesNotSpecifiedOnJob", "The job does not use task dependencies, and the task has some.");
        }

        if ((int?)task["requiredSlots"] is { } slots && (slots < 1 || slots > (pool?.SlotsPerNode ?? int.MaxValue)))
        {
            throw ServiceException.Property("requiredSlots", $"{slots}", $"It must be between 1 and the pool's taskSlotsPerNode, {pool?.SlotsPerNode}");
        }

        CheckWork(task);
    }

    /// <exception cref="ServiceException">A task or start task asks for what this server does not do.</exception>
    public static void CheckWork(JsonObject task)
    {
        if (task["containerSettings"]?["registry"] is JsonObject registry)
        {
            ContainerRules.CheckRegistry(registry, "containerSettings.registry");
        }

        Refuse(task, "multiInstanceSettings", "This server runs no multi-instance tasks");
        foreach (JsonNode? file in task["resourceFiles"] as JsonArray ?? [])
        {
            if (!Uri.TryCreate(file!["httpUrl"]?.ToString(), UriKind.Absolute, out _))
            {
                throw ServiceException.Property("resourceFiles.httpUrl", $"{file["httpUrl"]}", "This server downloads from absolute httpUrl addresses only");
            }

            Refuse(file.AsObject(), "identityReference", "This server has no managed identities");
        }

        foreach (JsonNode? output in task["outputFiles"] as JsonArray ?? [])
        {
            JsonNode? container = output!["destination"]?["container"];
            if (!Uri.TryCreate(container?["containerUrl"]?.ToString(), UriKind.Absolute, out _))
            {
                throw ServiceException.Property("outputFiles.destination.container.containerUrl", $"{container?["containerUrl"]}", "It must be an absolute address");
            }

            Refuse(container!.AsObject(), "identityReference", "This server has no managed identities");
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
