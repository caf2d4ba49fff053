using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>A job's preparation on one node, and its release later.</summary>
internal sealed class JobNodeRun(JobResource job, NodeResource node) : RunControl
{
    public NodeResource Node { get; } = node;

    public JsonObject? Preparation { get; set; }

    public JsonObject? Release { get; set; }

    /// <summary>Whether the preparation has succeeded; null while it runs.</summary>
    public bool? Prepared { get; set; }

    /// <summary>Whether a task of the job has come to this node, which is what makes the release run.</summary>
    public bool HasRunTasks { get; set; }

    /// <summary>The node was taken away or made anew since: what was prepared is gone.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether tasks of the job may start on the node.</summary>
    public bool LetsTasksStart => Prepared == true || !Waits;

    private bool Waits => (bool?)job.Spec["jobPreparationTask"]!["waitForSuccess"] ?? true;

    public void Lose()
    {
        IsLost = true;
        End(EndReason.Preempted);
    }

    /// <summary>After a reboot a preparation that had finished runs again only if the job says so; the default is yes.</summary>
    public void Reboot()
    {
        if (Prepared is null || (Prepared == true && ((bool?)job.Spec["jobPreparationTask"]!["rerunOnNodeRebootAfterSuccess"] ?? true)))
        {
            Lose();
        }
    }

    public JsonObject Render(Wanted wanted, string address)
    {
        string url = $"{address}/pools/{Node.Pool.Id}/nodes/{Node.Id}";
        JsonObject item = [];
        void Add(string name, JsonNode? value)
        {
            if (value is not null && wanted[name])
            {
                item[name] = value;
            }
        }

        JsonObject? Rooted(JsonObject? info, string task)
        {
            JsonObject? rooted = info?.DeepClone().AsObject();
            string root = $"workitems/{job.Id}/job-1/{job.Spec[task]?["id"]}";
            rooted?.Add("taskRootDirectory", root);
            rooted?.Add("taskRootDirectoryUrl", $"{url}/files/{root}");
            return rooted;
        }

        Add("poolId", Node.Pool.Id);
        Add("nodeId", Node.Id);
        Add("nodeUrl", url);
        Add("jobPreparationTaskExecutionInfo", Rooted(Preparation, "jobPreparationTask"));
        Add("jobReleaseTaskExecutionInfo", Rooted(Release, "jobReleaseTask"));
        return item;
    }
}
