using System.Text.Json.Nodes;
using SparseSC.BatchServer.AutoScaling;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>What the service asks of a pool beyond its schema.</summary>
internal static class PoolValidator
{
    private const int MostSlots = 256;
    private const int SlotsPerCore = 4;

    /// <exception cref="ServiceException">The pool cannot be made.</exception>
    public static void Check(JsonObject pool)
    {
        TaskValidator.CheckId(pool);
        CheckMachines(pool);
    }

    /// <exception cref="ServiceException">Its machines cannot be had.</exception>
    public static void CheckMachines(JsonObject pool)
    {
        if (pool["virtualMachineConfiguration"] is null)
        {
            throw ServiceException.Missing("virtualMachineConfiguration");
        }

        CheckSize(pool);
        ImageValidator.Check(pool, AccountEndpoints.Images);
        ContainerValidator.Check(pool, AccountEndpoints.Images);
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
            TaskValidator.CheckWork(startTask);
        }
    }

    // https://learn.microsoft.com/rest/api/batchservice/pool/add; github.com/Azure/batch-shipyard/issues/53 shows the code for sizes.
    private static void CheckSize(JsonObject pool)
    {
        string size = pool["vmSize"]!.ToString();
        int cores = VmSizes.Cores(size) ?? throw ServiceException.Property("vmSize", size, "The specified vmSize is not supported");
        if ((int?)pool["taskSlotsPerNode"] is { } slots && slots > Math.Min(SlotsPerCore * cores, MostSlots))
        {
            string reason = $"It must be between 1 and the smaller of {SlotsPerCore} times the cores of the size, {cores}, and {MostSlots}";
            throw ServiceException.Property("taskSlotsPerNode", $"{slots}", reason);
        }
    }
}
