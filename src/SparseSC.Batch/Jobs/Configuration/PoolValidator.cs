using System.Globalization;
using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The pool: which one, how large, of what machines.</summary>
internal static partial class PoolValidator
{
    private const int MostSlots = 256;
    private const int SlotsPerCore = 4;
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(168);

    public static void Check(AzureBatchConfig config, ConfigErrors faults)
    {
        CheckChoice(config, faults);
        CheckCounts(config, faults);
        CheckScaling(config, faults);
        CheckStop(config, faults);
        CheckFallback(config, faults);
        CheckMachines(config, faults);
        ResourceId.Check(config.SubnetId, "SubnetId", ResourceId.Subnet, faults);
        if (config.NoPublicAddress && config.SubnetId is null)
        {
            faults.Add("NoPublicAddress", "{NoPublicAddress} needs {SubnetId}: without public addresses machines reach storage and Batch through a subnet alone.");
        }

        if (config.StartTaskCommandLine is string command && string.IsNullOrWhiteSpace(command))
        {
            faults.Add("StartTaskCommandLine", "{StartTaskCommandLine} is blank. Give a command, or leave it out.");
        }
    }

    private static void CheckChoice(AzureBatchConfig config, ConfigErrors faults)
    {
        if (config.PoolId is null && !config.AutoPool)
        {
            faults.Add("PoolId", "{PoolId} is missing. Give the id of a pool, existing or to be made, or {AutoPool} for one that lives as long as the job.");
        }
        else if (config.PoolId is string pool)
        {
            if (config.AutoPool)
            {
                faults.Add("PoolId", $"{{PoolId}} '{pool}' and {{AutoPool}} exclude each other. Give one of the two.");
            }

            if (!PoolName().IsMatch(pool))
            {
                faults.Add("PoolId", $"{{PoolId}} '{pool}' cannot name a pool. Use up to 64 letters, digits, '-' and '_'.");
            }
        }

        foreach ((string? identity, string parameter) in new[] { (config.NodeIdentityId, "NodeIdentityId"), (config.RegistryIdentityId, "RegistryIdentityId") })
        {
            if (identity is not null && config.AutoPool)
            {
                faults.Add(parameter, $"{{{parameter}}} needs a pool that has the identity, and such a pool is made beforehand. Give its {{PoolId}} in place of {{AutoPool}}.");
            }
        }

        if (config.AutoPool && config.RemovePoolWhenDone)
        {
            faults.Warn("RemovePoolWhenDone", "{RemovePoolWhenDone} adds nothing: a pool by {AutoPool} goes with its job.");
        }
    }

    private static void CheckCounts(AzureBatchConfig config, ConfigErrors faults)
    {
        foreach ((int count, string parameter) in new[] { (config.DedicatedNodeCount, "DedicatedNodeCount"), (config.SpotNodeCount, "SpotNodeCount") })
        {
            if (count < 0)
            {
                faults.Add(parameter, string.Create(CultureInfo.InvariantCulture, $"{{{parameter}}} {count} is negative. Give the number of machines, or 0."));
            }
        }
    }

    private static void CheckScaling(AzureBatchConfig config, ConfigErrors faults)
    {
        const string Formula = "AutoScaleFormula";
        bool hasCounts = config.DedicatedNodeCount > 0 || config.SpotNodeCount > 0;
        if (config.AutoScaleFormula is string formula)
        {
            if (string.IsNullOrWhiteSpace(formula))
            {
                faults.Add(Formula, "{AutoScaleFormula} is blank. Give a formula, or leave it out.");
            }

            if (config.ScaleToQueue)
            {
                faults.Add(Formula, "{AutoScaleFormula} and {ScaleToQueue} exclude each other. Give one of the two.");
            }
            else if (hasCounts)
            {
                faults.Add(Formula, "{AutoScaleFormula} decides how many machines there are, so {DedicatedNodeCount} and {SpotNodeCount} cannot be given with it. Give one or the other, or {ScaleToQueue} with the counts as limits.");
            }
        }
        else if (!hasCounts && config.ScaleToQueue)
        {
            faults.Add("ScaleToQueue", "{ScaleToQueue} needs {DedicatedNodeCount} or {SpotNodeCount}, the most machines there may be.");
        }
        else if (!hasCounts && config.AutoPool)
        {
            faults.Add("AutoPool", "{AutoPool} makes a pool without machines. Give {SpotNodeCount} or {DedicatedNodeCount}, or {AutoScaleFormula}.");
        }

        CheckInterval(config, faults);
    }

    private static void CheckInterval(AzureBatchConfig config, ConfigErrors faults)
    {
        const string Interval = "AutoScaleInterval";
        if (config.AutoScaleInterval is not TimeSpan interval)
        {
            return;
        }

        if (interval < ShortestInterval || interval > LongestInterval)
        {
            faults.Add(Interval, $"{{{Interval}}} {ConfigTime.Describe(interval)} is out of range. The service takes 5 minutes to 168 hours.");
        }

        if (config.AutoScaleFormula is null && !config.ScaleToQueue && config.StopPoolAfter is null && config.DedicatedFallback == 0)
        {
            faults.Add(Interval, $"{{{Interval}}} is of no use without {{AutoScaleFormula}} or {{ScaleToQueue}}. Leave it out.");
        }
    }

    private static void CheckStop(AzureBatchConfig config, ConfigErrors faults)
    {
        if (config.StopPoolAfter is not TimeSpan idle)
        {
            return;
        }

        if (idle < ShortestInterval || idle > LongestIdle)
        {
            faults.Add("StopPoolAfter", $"{{StopPoolAfter}} {ConfigTime.Describe(idle)} is out of range. Give 5 minutes, the time between two looks of the service, to 24 hours.");
        }

        if (config.AutoScaleFormula is not null || config.ScaleToQueue)
        {
            faults.Add("StopPoolAfter", "{StopPoolAfter} is for pools of fixed numbers: {AutoScaleFormula} and {ScaleToQueue} decide by themselves when a pool goes to zero. Give one or the other.");
        }
        else if (config.AutoPool)
        {
            faults.Warn("StopPoolAfter", "{StopPoolAfter} adds little: a pool by {AutoPool} goes with its job.");
        }
    }

    private static void CheckFallback(AzureBatchConfig config, ConfigErrors faults)
    {
        if (config.DedicatedFallback < 0)
        {
            faults.Add("DedicatedFallback", string.Create(CultureInfo.InvariantCulture, $"{{DedicatedFallback}} {config.DedicatedFallback} is negative. Give how many dedicated machines may stand in for Spot machines, or 0."));
        }
        else if (config.DedicatedFallback > 0 && (config.SpotNodeCount <= 0 || config.AutoScaleFormula is not null))
        {
            faults.Add("DedicatedFallback", "{DedicatedFallback} stands in for machines of {SpotNodeCount}, and there are none. Give both, or {DedicatedNodeCount} alone.");
        }
    }

    private static void CheckMachines(AzureBatchConfig config, ConfigErrors faults)
    {
        if (string.IsNullOrWhiteSpace(config.VmSize))
        {
            faults.Add("VmSize", "{VmSize} is blank. Give a size such as Standard_D4s_v5.");
            return;
        }

        VmSize? size = VmSize.TryParse(config.VmSize);
        if (size is null)
        {
            faults.Warn("VmSize", $"{{VmSize}} '{config.VmSize}' does not look like a size of Azure, such as Standard_D4s_v5. Whether there is one, only the service can say.");
        }
        else if (size.IsRetired)
        {
            faults.Warn("VmSize", $"{{VmSize}} '{config.VmSize}' is of a retired series; the service will hardly give such machines. Standard_D4s_v5 is usual.");
        }
        else if (size.Retirement is string date)
        {
            faults.Warn("VmSize", $"{{VmSize}} '{config.VmSize}' is of a series that ends on {date}. Standard_D4s_v5 is usual.");
        }

        if (config.TaskSlotsPerNode is not int slots)
        {
            return;
        }

        int most = size?.Cores is int cores ? Math.Min(SlotsPerCore * cores, MostSlots) : MostSlots;
        if (slots < 1 || slots > most)
        {
            string reason = most < MostSlots ? $" on '{config.VmSize}', four per core" : "";
            faults.Add("TaskSlotsPerNode", string.Create(CultureInfo.InvariantCulture, $"{{TaskSlotsPerNode}} {slots} is out of range. The service takes 1 to {most}{reason}; one per core is usual."));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex PoolName();
}
