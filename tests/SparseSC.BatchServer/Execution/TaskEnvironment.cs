using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>The environment of what a node runs.</summary>
internal static class TaskEnvironment
{
    // A node has its own system's variables and none of the server's, which may hold secrets.
    private static readonly string[] Inherited = ["PATH", "LANG", "TMPDIR", "DOTNET_ROOT", "SystemRoot", "TEMP", "TMP"];

    /// <summary>For a task, or a job's preparation or release.</summary>
    public static IReadOnlyDictionary<string, string> ForJob(Account account, JobResource job, string id, JsonObject spec, NodeResource node)
    {
        string items = Path.Combine(node.Root, "workitems", job.Id, "job-1");
        Dictionary<string, string> variables = ForNode(account, node, Path.Combine(items, id));
        variables["AZ_BATCH_JOB_ID"] = job.Id;
        variables["AZ_BATCH_TASK_ID"] = id;
        if (job.Spec["jobPreparationTask"]?["id"]?.ToString() is { } preparation && preparation != id)
        {
            variables["AZ_BATCH_JOB_PREP_DIR"] = Path.Combine(items, preparation);
            variables["AZ_BATCH_JOB_PREP_WORKING_DIR"] = Path.Combine(items, preparation, "wd");
        }

        Add(variables, job.Spec["commonEnvironmentSettings"]);
        Add(variables, spec["environmentSettings"]);
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
