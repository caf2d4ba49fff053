using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>What a completed task means for its job and for the tasks that depend on it.</summary>
internal static class ExitRules
{
    /// <summary>Whether tasks that depend on it may start: by its exit conditions, else when it succeeded.</summary>
    public static bool Satisfies(TaskResource task) =>
        Options(task)?["dependencyAction"]?.ToString() is { } action ? action.Is("satisfy") : task.Succeeded;

    /// <summary>none, disable or terminate. Without conditions a failure terminates the job, if the job acts on failures at all.</summary>
    public static string JobAction(TaskResource task)
    {
        if (!task.Job.ActsOnFailure)
        {
            return "none";
        }

        return Options(task)?["jobAction"]?.ToString().ToLowerInvariant() ?? (task.Succeeded ? "none" : "terminate");
    }

    private static JsonNode? Options(TaskResource task)
    {
        if (task.Spec["exitConditions"] is not JsonObject conditions || task.Outcome is not { } outcome)
        {
            return null;
        }

        JsonNode? specific = outcome.Phase switch
        {
            FailedIn.Preparation => conditions["preProcessingError"],
            FailedIn.Upload => conditions["fileUploadError"],
            _ => ForCode(conditions, outcome.ExitCode),
        };

        // Default stands for every failure without a rule of its own, and never for success.
        return specific ?? (task.Succeeded ? null : conditions["default"]);
    }

    private static JsonNode? ForCode(JsonObject conditions, int? code) =>
        (conditions["exitCodes"] as JsonArray ?? []).FirstOrDefault(mapping => (int)mapping!["code"]! == code)?["exitOptions"]
        ?? (conditions["exitCodeRanges"] as JsonArray ?? []).FirstOrDefault(range => (int)range!["start"]! <= code && code <= (int)range["end"]!)?["exitOptions"];
}
