using System.Text.Json.Nodes;
using SparseSC.BatchServer.AutoScaling;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.State;

/// <summary>A pool and its nodes.</summary>
internal sealed class PoolResource(JsonObject spec) : Resource(spec, "active")
{
    public List<NodeResource> Nodes { get; } = [];

    public int SlotsPerNode => (int?)Spec["taskSlotsPerNode"] ?? 1;

    public int TargetDedicated
    {
        get => (int?)Spec["targetDedicatedNodes"] ?? 0;
        set => Spec["targetDedicatedNodes"] = value;
    }

    public int TargetSpot
    {
        get => (int?)Spec["targetLowPriorityNodes"] ?? 0;
        set => Spec["targetLowPriorityNodes"] = value;
    }

    /// <summary>The job this pool was made for and dies with; null for any other pool.</summary>
    public JobResource? Owner { get; init; }

    public JsonObject? AutoScaleRun { get; set; }

    /// <summary>Whether a formula says how large it is.</summary>
    public bool Scales => (bool?)Spec["enableAutoScale"] ?? false;

    /// <summary>What formulas can know; there as soon as the pool is in the account.</summary>
    public PoolMetrics? Metrics { get; set; }

    /// <summary>When the formula is due again, in formulas' time.</summary>
    public DateTime NextEvaluation { get; set; }

    /// <summary>When nodes were last added or taken away.</summary>
    public DateTime AllocationTime { get; set; } = DateTime.UtcNow;

    /// <summary>What kept the last resize from its targets.</summary>
    public List<JsonObject> ResizeErrors { get; } = [];

    /// <summary>Taken away, but their last tasks still end: they count as resizing.</summary>
    public bool IsResizing => Nodes.Any(node => node.State == "leavingpool");

    /// <summary>Whether tasks can ask for containers.</summary>
    public bool HasContainers => Spec["virtualMachineConfiguration"]?["containerConfiguration"] is not null;

    public bool Fills => (Spec["taskSchedulingPolicy"]?["nodeFillType"]?.ToString()).Is("pack");

    public JsonObject Render(Wanted wanted, string address)
    {
        JsonObject item = Common(wanted, $"{address}/pools/{Id}");
        void Add(string name, JsonNode? value)
        {
            if (value is not null && wanted[name])
            {
                item[name] = value;
            }
        }

        Add("allocationState", IsResizing ? "resizing" : "steady");
        Add("allocationStateTransitionTime", Time(AllocationTime));
        Add("currentDedicatedNodes", Nodes.Count(node => node.IsDedicated));
        Add("currentLowPriorityNodes", Nodes.Count(node => !node.IsDedicated));
        Add("targetDedicatedNodes", TargetDedicated);
        Add("targetLowPriorityNodes", TargetSpot);
        Add("taskSlotsPerNode", SlotsPerNode);
        Add("enableAutoScale", Scales);
        Add("autoScaleEvaluationInterval", Scales ? Spec["autoScaleEvaluationInterval"]?.ToString() ?? "PT15M" : null);
        Add("enableInterNodeCommunication", (bool?)Spec["enableInterNodeCommunication"] ?? false);
        Add("taskSchedulingPolicy", new JsonObject { ["nodeFillType"] = Fills ? "Pack" : "Spread" });
        Add("resizeTimeout", Spec["resizeTimeout"]?.ToString() ?? "PT15M");
        Add("resizeErrors", IsResizing || ResizeErrors.Count == 0 ? null : new JsonArray([.. ResizeErrors.Select(error => error.DeepClone())]));
        Add("autoScaleRun", AutoScaleRun?.DeepClone());
        return item;
    }

    public JsonObject RenderCounts(bool dedicated)
    {
        string[] states =
        [
            "creating", "idle", "offline", "preempted", "rebooting", "reimaging", "running", "starting", "startTaskFailed", "leavingPool",
            "unknown", "unusable", "waitingForStartTask", "upgradingOS", "deallocated", "deallocating",
        ];
        NodeResource[] nodes = [.. Nodes.Where(node => node.IsDedicated == dedicated)];
        JsonObject counts = new() { ["total"] = nodes.Length };
        foreach (string state in states)
        {
            counts[state] = nodes.Count(node => node.State.Is(state));
        }

        return counts;
    }
}
