using System.Text.Json.Nodes;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>Adding tasks, one or up to a hundred at once.</summary>
internal sealed class TaskAddEndpoints(Account account, Scheduler scheduler, FaultEngine faults)
{
    private const int MostTasks = 100;

    public void Map(Routes routes)
    {
        routes.Post("/jobs/{jobId}/tasks", AddOne, new BodySchema("TaskAddParameter", "BatchTaskCreateOptions"));
        routes.Post("/jobs/{jobId}/addtaskcollection", AddMany, new BodySchema("TaskAddCollectionParameter", "BatchTaskGroup") { EachForItself = true });
    }

    private Reply AddOne(Call call)
    {
        lock (account.Gate)
        {
            TaskResource task = Add(account.Job(call.Route("jobId")), call.Body);
            scheduler.Wake();
            return Reply.Created(task, $"{call.Base}{call.Path}/{task.Id}");
        }
    }

    private Reply AddMany(Call call)
    {
        JsonArray tasks = call.Body["value"]!.AsArray();
        if (tasks.Count > MostTasks)
        {
            throw ServiceException.Property("value", $"{tasks.Count} tasks", $"A collection holds at most {MostTasks} tasks");
        }

        if (faults.IsTooLarge(tasks.Count))
        {
            throw new ServiceException(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.");
        }

        lock (account.Gate)
        {
            JobResource job = account.Job(call.Route("jobId"));
            JobLifecycle.CheckNotOver(job);
            JsonArray results = [.. tasks.Select(task => Result(call, job, task!.AsObject()))];
            scheduler.Wake();
            return Reply.Json(new JsonObject
            {
                ["odata.metadata"] = $"{call.Base}/$metadata#taskaddresult",
                ["value"] = results,
            });
        }
    }

    private JsonObject Result(Call call, JobResource job, JsonObject body)
    {
        string id = body["id"]!.ToString();
        string location = $"{call.Base}/jobs/{job.Id}/tasks/{id}";
        ServiceException problem;
        string status = "clienterror";
        try
        {
            if (!faults.FailsToAdd(id))
            {
                PropertyRules.Check(body);
                TaskResource task = Add(job, body);
                return new JsonObject
                {
                    ["status"] = "Success",
                    ["taskId"] = id,
                    ["eTag"] = task.ETag,
                    ["lastModified"] = Resource.Time(task.LastModified),
                    ["location"] = location,
                };
            }

            status = "servererror";
            problem = new ServiceException(503, "ServerBusy", "The server is currently unable to receive requests. Please retry your request.");
        }
        catch (ServiceException refused)
        {
            problem = refused;
        }

        return new JsonObject
        {
            ["status"] = status,
            ["taskId"] = id,
            ["location"] = location,
            ["error"] = ReplyWriter.ErrorBody(problem, call.Base, call.Http.Response.Headers["request-id"].ToString()),
        };
    }

    private TaskResource Add(JobResource job, JsonObject body)
    {
        JobLifecycle.CheckNotOver(job);
        TaskValidator.Check(body, job);
        if (job.ById.ContainsKey(body["id"]!.ToString()))
        {
            throw ServiceException.Exists("Task");
        }

        TaskResource task = new(job, body.DeepClone().AsObject());
        job.Add(task);
        Scheduler.Enqueue(task);
        return task;
    }
}
