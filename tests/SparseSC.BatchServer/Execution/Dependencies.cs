using System.Globalization;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>Whether the tasks that a task depends on let it start.</summary>
internal static class Dependencies
{
    public static bool Satisfied(TaskResource task)
    {
        if (task.Spec["dependsOn"] is not JsonObject dependsOn)
        {
            return true;
        }

        IEnumerable<string> ids = (dependsOn["taskIds"] as JsonArray ?? []).Select(id => id!.ToString());
        IEnumerable<string> ranges = (dependsOn["taskIdRanges"] as JsonArray ?? []).SelectMany(range => Ids((int)range!["start"]!, (int)range["end"]!));
        return ids.Concat(ranges).All(id => task.Job.ById.TryGetValue(id, out TaskResource? other) && Lets(other));
    }

    private static IEnumerable<string> Ids(int start, int end)
    {
        for (long id = start; id <= end; id++)
        {
            yield return id.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static bool Lets(TaskResource other) => other.State == "completed" && ExitRules.Satisfies(other);
}
