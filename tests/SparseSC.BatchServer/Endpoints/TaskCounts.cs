using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>How many tasks, and how many slots of them, are in each state.</summary>
internal static class TaskCounts
{
    public static JsonObject Render(JobResource job, string address) => new()
    {
        ["odata.metadata"] = $"{address}/$metadata#taskcountsresult/@Element",
        ["taskCounts"] = Count(job, _ => 1),
        ["taskSlotCounts"] = Count(job, task => task.Slots),
    };

    private static JsonObject Count(JobResource job, Func<TaskResource, int> weight)
    {
        int Sum(Func<TaskResource, bool> which) => job.Tasks.Values.Where(which).Sum(weight);
        return new JsonObject
        {
            ["active"] = Sum(task => task.State == "active"),
            ["running"] = Sum(task => task.State == "running"),
            ["completed"] = Sum(task => task.State == "completed"),
            ["succeeded"] = Sum(task => task.Succeeded),
            ["failed"] = Sum(task => task.State == "completed" && !task.Succeeded),
        };
    }
}
