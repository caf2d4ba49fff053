using System.Text.Json.Nodes;
using SparseSC.BatchServer.AutoScaling;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>Pools as wholes: create, look, change, delete.</summary>
internal sealed class PoolEndpoints(Account account, Scheduler scheduler, AutoScaler scaler)
{
    public void Map(Routes routes)
    {
        routes.Post("/pools", Add, new BodySchema("PoolAddParameter", "BatchPoolCreateOptions"));
        routes.Get("/pools", List);
        routes.Get("/pools/{poolId}", Get);
        routes.Map("HEAD", "/pools/{poolId}", Exists);
        routes.Delete("/pools/{poolId}", Delete);
        routes.Map("PATCH", "/pools/{poolId}", Patch, new BodySchema("PoolPatchParameter", "BatchPoolUpdateOptions"));
        routes.Post("/pools/{poolId}/updateproperties", Replace, new BodySchema("PoolUpdatePropertiesParameter", "BatchPoolReplaceOptions"));
    }

    private Reply Add(Call call)
    {
        PoolValidator.Check(call.Body);
        lock (account.Gate)
        {
            string id = call.Body["id"]!.ToString();
            if (account.Pools.TryGetValue(id, out PoolResource? existing))
            {
                throw existing.State == "deleting"
                    ? ServiceException.Conflict("PoolBeingDeleted", "The specified pool has been marked for deletion and is being garbage collected.")
                    : ServiceException.Exists("Pool");
            }

            if (account.PoolQuotaIsReached)
            {
                throw ServiceException.Conflict("PoolQuotaReached", "Pool quota for the account has been reached.");
            }

            PoolResource pool = new(call.Body.DeepClone().AsObject());
            account.Pools.Add(id, pool);
            scaler.Start(pool);
            return Reply.Created(pool, $"{call.Base}/pools/{id}");
        }
    }

    private Reply List(Call call)
    {
        lock (account.Gate)
        {
            return Listing.Page(
                call, "pools", AnswerSchema.Pool, account.Pools.Values.OrderBy(pool => pool.Sequence), pool => pool.Sequence, (pool, wanted) => pool.Render(wanted, call.Base));
        }
    }

    private Reply Get(Call call)
    {
        lock (account.Gate)
        {
            PoolResource pool = account.Pool(call.Route("poolId"));
            Preconditions.Check(call, pool);
            JsonObject body = pool.Render(call.Select(AnswerSchema.Pool), call.Base);
            body["odata.metadata"] = $"{call.Base}/$metadata#pools/@Element";
            return Reply.Json(body, pool);
        }
    }

    private Reply Exists(Call call)
    {
        lock (account.Gate)
        {
            PoolResource pool = account.Pool(call.Route("poolId"));
            Preconditions.Check(call, pool);
            return new Reply(200) { About = pool };
        }
    }

    private Reply Delete(Call call)
    {
        lock (account.Gate)
        {
            PoolResource pool = Changeable(account, call);
            scheduler.Pools.Delete(pool);
            return Reply.Done(202, null, call);
        }
    }

    private Reply Patch(Call call) => Change(call, 200);

    private Reply Replace(Call call) => Change(call, 204);

    private Reply Change(Call call, int status)
    {
        if (call.Body["startTask"] is JsonObject startTask)
        {
            TaskValidator.CheckWork(startTask);
        }

        lock (account.Gate)
        {
            PoolResource pool = Changeable(account, call);
            foreach ((string name, JsonNode? value) in call.Body)
            {
                pool.Spec[name] = value?.DeepClone();
            }

            pool.Touch();
            scheduler.Wake();
            return Reply.Done(status, pool, call);
        }
    }

    /// <exception cref="ServiceException">It is not there, goes away, or changed since the client looked.</exception>
    internal static PoolResource Changeable(Account account, Call call)
    {
        PoolResource pool = account.Pool(call.Route("poolId"));
        Preconditions.Check(call, pool);
        return pool.State == "deleting"
            ? throw ServiceException.Conflict("PoolBeingDeleted", "The specified pool has been marked for deletion and is being garbage collected.")
            : pool;
    }
}
