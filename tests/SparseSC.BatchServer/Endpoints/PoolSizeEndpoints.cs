using System.Text.Json.Nodes;
using SparseSC.BatchServer.AutoScaling;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>How large a pool is: by number, by formula, by taking nodes away.</summary>
internal sealed class PoolSizeEndpoints(Account account, Scheduler scheduler, AutoScaler scaler)
{
    public void Map(Routes routes)
    {
        routes.Post("/pools/{poolId}/resize", Resize, new BodySchema("PoolResizeParameter", "BatchPoolResizeOptions"));
        routes.Post("/pools/{poolId}/stopresize", call => WithPool(call, 202, _ => { }));
        routes.Post("/pools/{poolId}/enableautoscale", EnableAutoScale, new BodySchema("PoolEnableAutoScaleParameter", "BatchPoolEnableAutoScaleOptions"));
        routes.Post("/pools/{poolId}/disableautoscale", call => WithPool(call, 200, pool => pool.Spec["enableAutoScale"] = false));
        routes.Post("/pools/{poolId}/evaluateautoscale", Evaluate, new BodySchema("PoolEvaluateAutoScaleParameter", "BatchPoolEvaluateAutoScaleOptions"));
        routes.Post("/pools/{poolId}/removenodes", RemoveNodes, new BodySchema("NodeRemoveParameter", "BatchNodeRemoveOptions"));
    }

    private Reply Resize(Call call) => WithPool(call, 202, pool =>
    {
        CheckSteady(pool);
        if (pool.Scales)
        {
            throw ServiceException.Conflict("PoolBeingAutoScaled", "The pool scales by a formula; disable that before you resize it.");
        }

        pool.TargetDedicated = (int?)call.Body["targetDedicatedNodes"] ?? pool.TargetDedicated;
        pool.TargetSpot = (int?)call.Body["targetLowPriorityNodes"] ?? pool.TargetSpot;
        scheduler.Pools.Resize(pool, call.Body["nodeDeallocationOption"]?.ToString() ?? "requeue");
    });

    private Reply EnableAutoScale(Call call) => WithPool(call, 200, pool =>
    {
        AutoScaler.Check(call.Body);
        if (!pool.Scales)
        {
            CheckSteady(pool);
        }

        foreach ((string name, JsonNode? value) in call.Body)
        {
            pool.Spec[name] = value?.DeepClone();
        }

        if (pool.Spec["autoScaleFormula"] is null)
        {
            throw ServiceException.Missing("autoScaleFormula");
        }

        pool.Spec["enableAutoScale"] = true;
        scaler.Start(pool);
    });

    private Reply Evaluate(Call call)
    {
        lock (account.Gate)
        {
            PoolResource pool = PoolEndpoints.Changeable(account, call);
            return pool.Scales
                ? Reply.Json(AutoScaler.Evaluate(pool, call.Body["autoScaleFormula"]!.ToString()))
                : throw ServiceException.Conflict("OperationInvalidForCurrentState", "The specified operation is not valid for the current state of the resource.",
                    "The pool does not scale by a formula; a formula is evaluated only on a pool that does");
        }
    }

    private Reply RemoveNodes(Call call) => WithPool(call, 202, pool =>
    {
        CheckSteady(pool);
        NodeResource[] nodes = [.. call.Body["nodeList"]!.AsArray().Select(id => account.Node(pool.Id, id!.ToString()))];
        foreach (NodeResource node in nodes)
        {
            if (node.IsDedicated)
            {
                pool.TargetDedicated--;
            }
            else
            {
                pool.TargetSpot--;
            }

            scheduler.Pools.Remove(node, call.Body["nodeDeallocationOption"]?.ToString() ?? "requeue");
        }
    });

    // https://learn.microsoft.com/rest/api/batchservice/pool/resize, and likewise remove-nodes and enable-auto-scale.
    private static void CheckSteady(PoolResource pool)
    {
        if (pool.IsResizing)
        {
            throw ServiceException.Conflict("PoolBeingResized", "The specified pool is being resized.");
        }
    }

    private Reply WithPool(Call call, int status, Action<PoolResource> change)
    {
        lock (account.Gate)
        {
            PoolResource pool = PoolEndpoints.Changeable(account, call);
            change(pool);
            pool.Touch();
            return Reply.Done(status, pool, call);
        }
    }
}
