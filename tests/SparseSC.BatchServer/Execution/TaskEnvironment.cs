using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>The environment of what a node runs.</summary>
internal static class TaskEnvironment
{
    // A node has its own system's variables and none of the server's, which may hold secrets.
    private static readonly string[] Inherited = ["PATH", "LANG", "TMPDIR", "DOTNET_ROOT", "SystemRoot", "TEMP", "TMP"];

    public static IReadOnlyDictionary<string, string> ForTask(Account account, TaskResource task, NodeResource node)
    {
        string directory = Path.Combine(node.Root, "workitems", task.Job.Id, "job-1", task.Id);
        Dictionary<string, string> variables = ForNode(account, node, directory);
        variables["AZ_BATCH_JOB_ID"] = task.Job.Id;
        variables["AZ_BATCH_TASK_ID"] = task.Id;
        Add(variables, task.Job.Spec["commonEnvironmentSettings"]);
        Add(variables, task.Spec["environmentSettings"]);
        return variables;
    }

    public static IReadOnlyDictionary<string, string> ForStartTask(Account account, NodeResource node, JsonObject spec)
    {
        Dictionary<string, string> variables = ForNode(account, node, Path.Combine(node.Root, "startup"));
        Add(variables, spec["environmentSettings"]);
        return variables;
    }

    private static Dictionary<string, string> ForNode(Account account, NodeResource node, string directory)
    {
        string working = Path.Combine(directory, "wd");
        string startup = Path.Combine(node.Root, "startup");
        Dictionary<string, string> variables = [];
        foreach (string name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        variables["HOME"] = working;
        variables["AZ_BATCH_ACCOUNT_NAME"] = account.Name;
        variables["AZ_BATCH_ACCOUNT_URL"] = account.Url + "/";
        variables["AZ_BATCH_POOL_ID"] = node.Pool.Id;
        variables["AZ_BATCH_NODE_ID"] = node.Id;
        variables["AZ_BATCH_NODE_IS_DEDICATED"] = node.IsDedicated ? "true" : "false";
        variables["AZ_BATCH_NODE_ROOT_DIR"] = node.Root;
        variables["AZ_BATCH_NODE_SHARED_DIR"] = Path.Combine(node.Root, "shared");
        variables["AZ_BATCH_NODE_STARTUP_DIR"] = startup;
        variables["AZ_BATCH_NODE_STARTUP_WORKING_DIR"] = Path.Combine(startup, "wd");
        variables["AZ_BATCH_TASK_DIR"] = directory;
        variables["AZ_BATCH_TASK_WORKING_DIR"] = working;
        return variables;
    }

    private static void Add(Dictionary<string, string> variables, JsonNode? settings)
    {
        foreach (JsonNode? setting in settings as JsonArray ?? [])
        {
            variables[(string)setting!["name"]!] = setting["value"]?.ToString() ?? "";
        }
    }
}
