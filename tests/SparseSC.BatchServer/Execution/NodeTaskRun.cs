using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>Runs what belongs to a node and not to a slot: start tasks, job preparation and job release tasks.</summary>
internal static class NodeTaskRun
{
    /// <summary>Runs it until it succeeds, cannot be tried again or has had its retries.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="control">Ends it.</param>
    /// <param name="retries">How often it may be tried again; below zero without limit.</param>
    /// <returns>How it ended, as the service shows it, and whether it succeeded.</returns>
    public static async Task<(JsonObject Info, bool Succeeded)> RunAsync(Work work, RunControl control, int retries)
    {
        DateTime start = DateTime.UtcNow;
        Outcome outcome = await AttemptRunner.RunAsync(work, control);
        int tried = 0;
        DateTime? retry = null;
        while (outcome.MayRetry && (retries < 0 || tried < retries))
        {
            tried++;
            retry = start = DateTime.UtcNow;
            outcome = await AttemptRunner.RunAsync(work, control);
        }

        JsonObject info = Running(start, tried);
        info["state"] = "completed";
        info["endTime"] = Resource.Time(outcome.EndTime);
        info["result"] = outcome.Failure is null ? "success" : "failure";
        if (retry is { } time)
        {
            info["lastRetryTime"] = Resource.Time(time);
        }

        if (outcome.ExitCode is { } code)
        {
            info["exitCode"] = code;
        }

        if (outcome.Failure is { } failure)
        {
            info["failureInfo"] = failure.Render();
        }

        return (info, outcome.Failure is null);
    }

    public static JsonObject Running(DateTime start, int tried = 0) =>
        new() { ["state"] = "running", ["startTime"] = Resource.Time(start), ["retryCount"] = tried };
}
