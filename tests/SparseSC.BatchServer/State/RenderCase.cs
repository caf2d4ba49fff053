using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.State;

/// <summary>The service gives some enum values back in other letter case than they were sent; so does this server, to keep clients honest.</summary>
internal static class RenderCase
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["taskcompletion"] = "TaskCompletion", ["tasksuccess"] = "TaskSuccess", ["taskfailure"] = "TaskFailure",
    };

    public static void Enums(JsonObject task)
    {
        foreach (JsonNode? output in task["outputFiles"] as JsonArray ?? [])
        {
            if (output?["uploadOptions"] is JsonObject options
                && options["uploadCondition"]?.ToString() is { } sent
                && Values.TryGetValue(sent, out string? stored))
            {
                options["uploadCondition"] = stored;
            }
        }
    }
}
