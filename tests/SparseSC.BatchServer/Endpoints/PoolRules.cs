using System.Text.Json.Nodes;
using SparseSC.BatchServer.AutoScaling;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>What the service asks of a pool beyond its schema.</summary>
internal static class PoolRules
{
    private const int MostSlots = 256;

    /// <exception cref="ServiceException">The pool cannot be made.</exception>
    public static void Check(JsonObject pool)
    {
        TaskRules.CheckId(pool);
        CheckMachines(pool);
    }

    /// <exception cref="ServiceException">Its machines cannot be had.</exception>
    public static void CheckMachines(JsonObject pool)
    {
        if (pool["virtualMachineConfiguration"] is null)
        {
            throw ServiceException.Missing("virtualMachineConfiguration");
        }

        ContainerRules.Check(pool, AccountEndpoints.Images);
        CheckRange(pool, "taskSlotsPerNode", 1, MostSlots);
        CheckRange(pool, "targetDedicatedNodes", 0, int.MaxValue);
        CheckRange(pool, "targetLowPriorityNodes", 0, int.MaxValue);
        AutoScaler.Check(pool);
        bool scales = (bool?)pool["enableAutoScale"] ?? false;
        if (scales && pool["autoScaleFormula"] is null)
        {
            throw ServiceException.Missing("autoScaleFormula");
        }

        if (scales && (pool["targetDedicatedNodes"] ?? pool["targetLowPriorityNodes"]) is { } target)
        {
            throw ServiceException.Property("targetDedicatedNodes", target.ToString(), "A pool that scales by a formula has no target numbers");
        }

        if (pool["startTask"] is JsonObject startTask)
        {
            TaskRules.CheckWork(startTask);
        }
    }

    private static void CheckRange(JsonObject pool, string name, int least, int most)
    {
        if ((int?)pool[name] is { } value && (value < least || value > most))
        {
            throw ServiceException.Property(name, $"{value}", $"It must be between {least} and {most}");
        }
    }
}
