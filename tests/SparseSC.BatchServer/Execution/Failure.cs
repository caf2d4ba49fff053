using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Execution;

/// <summary>Why a run failed, in the service's words.</summary>
/// <param name="Category">usererror or servererror.</param>
/// <param name="Code">The service's code.</param>
/// <param name="Message">The service's sentence.</param>
/// <param name="Details">Names and values.</param>
internal sealed record Failure(string Category, string Code, string Message, params (string Name, string Value)[] Details)
{
    public static Failure ExitCode(int code) => new("UserError", "FailureExitCode", "The task exited with an exit code representing a failure",
        ("Message", "The task exited with an exit code representing a failure"), ("ExitCode", $"{code}"));

    public static Failure Ended(string by) => new("UserError", "TaskEnded", by);

    // https://learn.microsoft.com/rest/api/batchservice/batch-status-and-error-codes
    public static Failure DiskFull() =>
        new("ServerError", "DiskFull", "There is not enough disk space on the node that was selected to run the task.");

    public static Failure ProgramNotFound(string program, string reason) => new("UserError", "CommandProgramNotFound",
        "The specified command program is not found", ("Program", program), ("Message", reason));

    public static Failure NoContainers() => new("UserError", "ContainerPoolNotSupported", "The compute node does not support container features, but the task has container settings");

    public JsonObject Render() => new()
    {
        ["category"] = Category,
        ["code"] = Code,
        ["message"] = Message,
        ["details"] = new JsonArray([.. Details.Select(item => new JsonObject { ["name"] = item.Name, ["value"] = item.Value })]),
    };
}
