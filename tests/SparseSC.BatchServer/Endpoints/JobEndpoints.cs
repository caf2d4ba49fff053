using System.Text.Json.Nodes;
using SparseSC.BatchServer.AutoScaling;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>Jobs.</summary>
internal sealed class JobEndpoints(Account account, Scheduler scheduler, AutoScaler scaler)
{
    public void Map(Routes routes)
    {
        routes.Post("/jobs", Add, new BodySchema("JobAddParameter", "BatchJobCreateOptions"));
        routes.Get("/jobs", List);
        routes.Get("/jobs/{jobId}", Get);
        routes.Map("PATCH", "/jobs/{jobId}", Change, new BodySchema("JobPatchParameter", "BatchJobUpdateOptions"));
        routes.Map("PUT", "/jobs/{jobId}", Change, new BodySchema("JobUpdateParameter", "BatchJob"));
        routes.Delete("/jobs/{jobId}", Delete);
        routes.Post("/jobs/{jobId}/terminate", Terminate, new BodySchema("JobTerminateParameter", "BatchJobTerminateOptions", Optional: true));
        routes.Post("/jobs/{jobId}/disable", Disable, new BodySchema("JobDisableParameter", "BatchJobDisableOptions"));
        routes.Post("/jobs/{jobId}/enable", Enable);
        routes.Get("/jobs/{jobId}/taskcounts", Counts);
        routes.Get("/jobs/{jobId}/jobpreparationandreleasetaskstatus", NodeRuns);
    }

    private Reply Add(Call call)
    {
        TaskValidator.CheckId(call.Body);
        JobRules.Check(call.Body);
        lock (account.Gate)
        {
            string id = call.Body["id"]!.ToString();
            if (account.Jobs.TryGetValue(id, out JobResource? existing))
            {
                throw existing.State == "deleting"
                    ? ServiceException.Conflict("JobBeingDeleted", "The specified job has been marked for deletion and is being garbage collected.")
                    : ServiceException.Exists("Job");
            }

            if (account.JobQuotaIsReached)
            {
                throw ServiceException.Conflict("ActiveJobAndScheduleQuotaReached", "Active job and job schedule quota for the account has been reached.");
            }

            JobResource job = new(JobRules.WithDefaults(call.Body));
            JsonNode place = job.Spec["poolInfo"]!;
            job.PoolId = place["autoPoolSpecification"] is JsonObject own ? MakePool(job, own) : place["poolId"]!.ToString();
            account.Jobs.Add(id, job);
            TimeSpan limit = Work.Duration(job.Spec["constraints"]?["maxWallClockTime"]);
            if (limit != Timeout.InfiniteTimeSpan)
            {
                _ = scheduler.Jobs.LimitAsync(job, limit);
            }

            scheduler.Jobs.CompleteIfDone(job);
            return Reply.Created(job, $"{call.Base}/jobs/{id}");
        }
    }

    private string MakePool(JobResource job, JsonObject specification)
    {
        JsonObject pool = specification["pool"]?.DeepClone().AsObject() ?? throw ServiceException.Missing("poolInfo.autoPoolSpecification.pool");
        PoolValidator.CheckMachines(pool);
        if (account.PoolQuotaIsReached)
        {
            job.Fail(new Failure("UserError", "AutoPoolCreationFailedWithQuotaReached", "The pool quota for the account is reached."));
            return "";
        }

        string id = $"{specification["autoPoolIdPrefix"]}{Guid.NewGuid():D}".ToUpperInvariant();
        pool["id"] = id;
        PoolResource made = new(pool) { Owner = job };
        account.Pools.Add(id, made);
        scaler.Start(made);
        return id;
    }

    private Reply List(Call call)
    {
        lock (account.Gate)
        {
            return Listing.Page(
                call, "jobs", AnswerSchema.Job, account.Jobs.Values.OrderBy(job => job.Sequence), job => job.Sequence, (job, wanted) => job.Render(wanted, call.Base));
        }
    }

    private Reply Get(Call call)
    {
        lock (account.Gate)
        {
            JobResource job = account.Job(call.Route("jobId"));
            Preconditions.Check(call, job);
            JsonObject body = job.Render(call.Select(AnswerSchema.Job), call.Base);
            body["odata.metadata"] = $"{call.Base}/$metadata#jobs/@Element";
            return Reply.Json(body, job);
        }
    }

    private Reply Change(Call call) => WithJob(call, 200, job =>
    {
        JobLifecycle.CheckNotOver(job);
        if (call.Body["poolInfo"] is JsonObject place)
        {
            JobRules.CheckPool(place);
        }

        string[] changeable = ["priority", "maxParallelTasks", "allowTaskPreemption", "onAllTasksComplete", "constraints", "metadata", "networkConfiguration"];
        foreach (string name in changeable)
        {
            if (call.Body[name] is { } value)
            {
                job.Spec[name] = value.DeepClone();
            }
        }

        if (call.Body["poolInfo"]?["poolId"]?.ToString() is { } pool && pool != job.PoolId)
        {
            if (job.State != "disabled")
            {
                throw ServiceException.Conflict("JobNotDisabled", "A job can change its pool only while it is disabled.");
            }

            job.PoolId = pool;
            job.Spec["poolInfo"] = call.Body["poolInfo"]!.DeepClone();
        }

        job.Touch();
        scheduler.Jobs.CompleteIfDone(job);
        scheduler.Wake();
    });

    private Reply Delete(Call call) => WithJob(call, 202, job =>
    {
        if (job.State == "deleting")
        {
            throw ServiceException.Conflict("JobBeingDeleted", "The specified job has been marked for deletion and is being garbage collected.");
        }

        scheduler.Jobs.Delete(job);
        scheduler.Wake();
    });

    private Reply Terminate(Call call) => WithJob(call, 202, job =>
    {
        JobLifecycle.CheckNotOver(job);
        scheduler.Jobs.Terminate(job, call.Body["terminateReason"]?.ToString() ?? "UserTerminate");
        scheduler.Wake();
    });

    private Reply Disable(Call call) => WithJob(call, 202, job =>
    {
        JobLifecycle.CheckNotOver(job);
        scheduler.Jobs.Disable(job, call.Body["disableTasks"]!.ToString());
    });

    private Reply Enable(Call call) => WithJob(call, 202, job =>
    {
        JobLifecycle.CheckNotOver(job);
        scheduler.Jobs.Enable(job);
    });

    private Reply Counts(Call call)
    {
        lock (account.Gate)
        {
            return Reply.Json(TaskCounts.Render(account.Job(call.Route("jobId")), call.Base));
        }
    }

    private Reply NodeRuns(Call call)
    {
        lock (account.Gate)
        {
            JobResource job = account.Job(call.Route("jobId"));
            return job.Spec["jobPreparationTask"] is null
                ? throw ServiceException.Conflict("JobPreparationTaskNotSpecified", "The specified job does not have job preparation task.")
                : Listing.Page(
                    call, "jobpreparationandreleasetaskstatuslist", AnswerSchema.NodeRun, job.NodeRuns.Index(), run => run.Index, (run, wanted) => run.Item.Render(wanted, call.Base));
        }
    }

    private Reply WithJob(Call call, int status, Action<JobResource> change)
    {
        lock (account.Gate)
        {
            JobResource job = account.Job(call.Route("jobId"));
            Preconditions.Check(call, job);
            change(job);
            return Reply.Done(status, job, call);
        }
    }
}
