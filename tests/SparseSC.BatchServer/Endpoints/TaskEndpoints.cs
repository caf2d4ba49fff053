using System.Text.Json.Nodes;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>Tasks that are there.</summary>
internal sealed class TaskEndpoints(Account account, Scheduler scheduler)
{
    public void Map(Routes routes)
    {
        routes.Get("/jobs/{jobId}/tasks", List);
        routes.Get("/jobs/{jobId}/tasks/{taskId}", Get);
        routes.Map("PUT", "/jobs/{jobId}/tasks/{taskId}", Update, new BodySchema("TaskUpdateParameter", "BatchTask"));
        routes.Delete("/jobs/{jobId}/tasks/{taskId}", Delete);
        routes.Post("/jobs/{jobId}/tasks/{taskId}/terminate", Terminate);
        routes.Post("/jobs/{jobId}/tasks/{taskId}/reactivate", Reactivate);
    }

    private Reply List(Call call)
    {
        lock (account.Gate)
        {
            return Listing.Page(
                call, "tasks", AnswerSchema.Task, account.Job(call.Route("jobId")).Tasks.Values, task => task.Sequence, (task, wanted) => task.Render(wanted, call.Base));
        }
    }

    private Reply Get(Call call)
    {
        lock (account.Gate)
        {
            TaskResource task = Find(call);
            JsonObject body = task.Render(call.Select(AnswerSchema.Task), call.Base);
            body["odata.metadata"] = $"{call.Base}/$metadata#tasks/@Element";
            return Reply.Json(body, task);
        }
    }

    private Reply Update(Call call)
    {
        lock (account.Gate)
        {
            TaskResource task = Find(call);
            if (task.State == "completed")
            {
                throw Completed();
            }

            task.Spec["constraints"] = call.Body["constraints"]?.DeepClone();
            task.Touch();
            return Reply.Done(200, task, call);
        }
    }

    private Reply Delete(Call call)
    {
        lock (account.Gate)
        {
            TaskResource task = Find(call);
            Scheduler.Detach(task, EndReason.Terminated);
            task.Job.Remove(task);
            string? folder = task.FullRoot;
            _ = task.LastRun.ContinueWith(_ => NodeFolder.Remove(folder), TaskScheduler.Default);
            scheduler.Jobs.CompleteIfDone(task.Job);
            return Reply.Done(200, null, call);
        }
    }

    private Reply Terminate(Call call)
    {
        lock (account.Gate)
        {
            TaskResource task = Find(call);
            if (task.State == "completed")
            {
                throw Completed();
            }

            scheduler.Terminate(task);
            return Reply.Done(204, task, call);
        }
    }

    private Reply Reactivate(Call call)
    {
        lock (account.Gate)
        {
            TaskResource task = Find(call);
            JobLifecycle.CheckNotOver(task.Job);
            if (task.State != "completed")
            {
                throw ServiceException.Conflict(
                    "TaskNotCompleted", "The specified task is not in a completed state, and the requested operation can be performed only on completed tasks.");
            }

            if (task.Succeeded)
            {
                throw ServiceException.Conflict(
                    "TaskSucceeded", "The specified task has already completed successfully, and the requested operation cannot be performed on successful tasks.");
            }

            task.Outcome = null;
            task.StartTime = null;
            task.RetryCount = 0;
            task.LastRetryTime = null;
            Scheduler.Enqueue(task);
            scheduler.Wake();
            return Reply.Done(204, task, call);
        }
    }

    private TaskResource Find(Call call)
    {
        TaskResource task = account.Task(call.Route("jobId"), call.Route("taskId"));
        Preconditions.Check(call, task);
        return task;
    }

    private static ServiceException Completed() => ServiceException.Conflict("TaskCompleted", "The specified task is already in a completed state.");
}
