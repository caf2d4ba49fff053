using System.Text.Json.Nodes;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>Single nodes.</summary>
internal sealed class NodeEndpoints(Account account, Scheduler scheduler)
{
    public void Map(Routes routes)
    {
        routes.Get("/pools/{poolId}/nodes", List);
        routes.Get("/pools/{poolId}/nodes/{nodeId}", Get);
        routes.Post("/pools/{poolId}/nodes/{nodeId}/reboot", call => Restart(call, "rebooting", "nodeRebootOption"),
            new BodySchema("NodeRebootParameter", "BatchNodeRebootOptions", Optional: true));
        routes.Post("/pools/{poolId}/nodes/{nodeId}/reimage", call => Restart(call, "reimaging", "nodeReimageOption"),
            new BodySchema("NodeReimageParameter", "BatchNodeReimageOptions", Optional: true));
        routes.Post("/pools/{poolId}/nodes/{nodeId}/disablescheduling", call => Scheduling(call, enabled: false),
            new BodySchema("NodeDisableSchedulingParameter", "BatchNodeDisableSchedulingOptions", Optional: true));
        routes.Post("/pools/{poolId}/nodes/{nodeId}/enablescheduling", call => Scheduling(call, enabled: true));
    }

    private Reply List(Call call)
    {
        lock (account.Gate)
        {
            return Listing.Page(
                call, "nodes", AnswerSchema.Node, account.Pool(call.Route("poolId")).Nodes, node => node.Sequence, (node, wanted) => node.Render(wanted, call.Base));
        }
    }

    private Reply Get(Call call)
    {
        lock (account.Gate)
        {
            JsonObject body = Node(call).Render(call.Select(AnswerSchema.Node), call.Base);
            body["odata.metadata"] = $"{call.Base}/$metadata#nodes/@Element";
            return Reply.Json(body);
        }
    }

    private Reply Restart(Call call, string state, string option)
    {
        lock (account.Gate)
        {
            NodeResource node = Node(call);
            if (node.State is not ("idle" or "running" or "starttaskfailed"))
            {
                throw ServiceException.Conflict("NodeStateUnusable", $"The node is {node.State} and cannot be restarted now.");
            }

            scheduler.Pools.Restart(node, state, call.Body[option]?.ToString() ?? "requeue");
            return Reply.Done(202, null, call);
        }
    }

    private Reply Scheduling(Call call, bool enabled)
    {
        lock (account.Gate)
        {
            NodeResource node = Node(call);
            node.SchedulingEnabled = enabled;
            string running = call.Body["nodeDisableSchedulingOption"]?.ToString() ?? "requeue";
            foreach (Attempt attempt in node.Attempts.Where(attempt => !enabled && attempt.Task.Attempt == attempt).ToArray())
            {
                if (running.Is("terminate"))
                {
                    scheduler.Terminate(attempt.Task);
                }
                else if (running.Is("requeue"))
                {
                    Scheduler.Requeue(attempt.Task, EndReason.Terminated);
                }
            }

            scheduler.Wake();
            return Reply.Done(200, null, call);
        }
    }

    private NodeResource Node(Call call) => account.Node(call.Route("poolId"), call.Route("nodeId"));
}
