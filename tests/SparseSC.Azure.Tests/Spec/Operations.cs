using Azure;
using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Tests.Spec;

/// <summary>Every request the client can send, with the operation of the document it has to be.</summary>
internal static class Operations
{
    private static readonly RequestConditions Conditions = new()
    {
        IfMatch = new ETag("\"0x8DC0DBE419F7A4B\""),
        IfNoneMatch = new ETag("0x8DC0DBE419F7A4C"),
        IfModifiedSince = new DateTimeOffset(2026, 11, 22, 6, 30, 0, TimeSpan.Zero),
        IfUnmodifiedSince = new DateTimeOffset(2026, 11, 23, 6, 30, 0, TimeSpan.Zero),
    };

    private static readonly string[] Select = ["id", "state"];
    private const string Filter = "state eq 'active' and id ne 'a&b+c'";

    /// <summary>Method of the client, operation of the document, model of a list's items (<c>null</c> for no list), and the call.</summary>
    public static IReadOnlyList<(string Method, string Operation, string? Item, Func<BatchClient, Task> Call)> All { get; } =
    [
        ("BatchPools.CreateAsync", "create_pool", null, client => client.Pools.CreateAsync(FilledModel.Full<BatchPoolCreateOptions>())),
        ("BatchPools.CreateAsync", "create_pool", null, client => client.Pools.CreateAsync(FilledModel.Minimal<BatchPoolCreateOptions>())),
        ("BatchPools.GetAsync", "get_pool", null, client => client.Pools.GetAsync("p", Select)),
        ("BatchPools.ExistsAsync", "pool_exists", null, client => client.Pools.ExistsAsync("p")),
        ("BatchPools.ListAsync", "list_pools", "BatchPool", client => Drain(client.Pools.ListAsync(Filter, Select))),
        ("BatchPools.ListNodeCountsAsync", "list_pool_node_counts", "BatchPoolNodeCounts", client => Drain(client.Pools.ListNodeCountsAsync(Filter))),
        ("BatchPools.DeleteAsync", "_delete_pool_internal", null, client => client.Pools.DeleteAsync("p", Conditions)),
        ("BatchPools.UpdateAsync", "update_pool", null, client => client.Pools.UpdateAsync("p", FilledModel.Full<BatchPoolUpdateOptions>(), Conditions)),
        ("BatchPools.ResizeAsync", "_resize_pool_internal", null, client => client.Pools.ResizeAsync("p", FilledModel.Full<BatchPoolResizeOptions>(), Conditions)),
        ("BatchPools.StopResizeAsync", "_stop_pool_resize_internal", null, client => client.Pools.StopResizeAsync("p", Conditions)),
        ("BatchPools.EnableAutoScaleAsync", "enable_pool_auto_scale", null, client => client.Pools.EnableAutoScaleAsync("p", FilledModel.Full<BatchPoolEnableAutoScaleOptions>(), Conditions)),
        ("BatchPools.DisableAutoScaleAsync", "disable_pool_auto_scale", null, client => client.Pools.DisableAutoScaleAsync("p")),
        ("BatchPools.EvaluateAutoScaleAsync", "evaluate_pool_auto_scale", null, client => client.Pools.EvaluateAutoScaleAsync("p", "$TargetDedicatedNodes = 1;")),
        ("BatchJobs.CreateAsync", "create_job", null, client => client.Jobs.CreateAsync(FilledModel.Full<BatchJobCreateOptions>())),
        ("BatchJobs.CreateAsync", "create_job", null, client => client.Jobs.CreateAsync(FilledModel.Minimal<BatchJobCreateOptions>())),
        ("BatchJobs.GetAsync", "get_job", null, client => client.Jobs.GetAsync("j", Select)),
        ("BatchJobs.ListAsync", "list_jobs", "BatchJob", client => Drain(client.Jobs.ListAsync(Filter, Select))),
        ("BatchJobs.ListPreparationAndReleaseStatusAsync", "list_job_preparation_and_release_task_status", "BatchJobPreparationAndReleaseTaskStatus", client => Drain(client.Jobs.ListPreparationAndReleaseStatusAsync("j", Filter, Select))),
        ("BatchJobs.UpdateAsync", "update_job", null, client => client.Jobs.UpdateAsync("j", FilledModel.Full<BatchJobUpdateOptions>(), Conditions)),
        ("BatchJobs.UpdateAsync", "update_job", null, client => client.Jobs.UpdateAsync("j", new BatchJobUpdateOptions { OnAllTasksComplete = BatchAllTasksCompleteMode.TerminateJob })),
        ("BatchJobs.TerminateAsync", "_terminate_job_internal", null, client => client.Jobs.TerminateAsync("j", "enough", force: true, Conditions)),
        ("BatchJobs.TerminateAsync", "_terminate_job_internal", null, client => client.Jobs.TerminateAsync("j")),
        ("BatchJobs.DeleteAsync", "_delete_job_internal", null, client => client.Jobs.DeleteAsync("j", force: true, Conditions)),
        ("BatchTasks.AddAsync", "create_task", null, client => client.Tasks.AddAsync("j", FilledModel.Full<BatchTaskCreateOptions>())),
        ("BatchTasks.AddAsync", "create_task", null, client => client.Tasks.AddAsync("j", FilledModel.Minimal<BatchTaskCreateOptions>())),
        ("BatchTasks.AddCollectionAsync", "create_task_collection", null, client => client.Tasks.AddCollectionAsync("j", [FilledModel.Full<BatchTaskCreateOptions>(), FilledModel.Minimal<BatchTaskCreateOptions>() with { Id = "other" }], new BatchTaskAddOptions { MaxServerErrorRetries = 0 })),
        ("BatchTasks.ListAsync", "list_tasks", "BatchTask", client => Drain(client.Tasks.ListAsync("j", Filter, Select))),
        ("BatchTasks.GetAsync", "get_task", null, client => client.Tasks.GetAsync("j", "t", Select)),
        ("BatchTasks.TerminateAsync", "terminate_task", null, client => client.Tasks.TerminateAsync("j", "t", Conditions)),
        ("BatchTasks.ReactivateAsync", "reactivate_task", null, client => client.Tasks.ReactivateAsync("j", "t", Conditions)),
        ("BatchTasks.DeleteAsync", "delete_task", null, client => client.Tasks.DeleteAsync("j", "t", Conditions)),
        ("BatchTasks.GetCountsAsync", "get_job_task_counts", null, client => client.Tasks.GetCountsAsync("j")),
        ("BatchFiles.ListFromTaskAsync", "list_task_files", "BatchNodeFile", client => Drain(client.Files.ListFromTaskAsync("j", "t", recursive: true, Filter))),
        ("BatchFiles.OpenFromTaskAsync", "download_task_file", null, client => client.Files.OpenFromTaskAsync("j", "t", "wd/sub dir/out.txt", new HttpRange(5, 10))),
        ("BatchFiles.GetPropertiesFromTaskAsync", "_get_task_file_properties_internal", null, client => client.Files.GetPropertiesFromTaskAsync("j", "t", "wd/sub dir/é+out.txt")),
        ("BatchFiles.ListFromNodeAsync", "list_node_files", "BatchNodeFile", client => Drain(client.Files.ListFromNodeAsync("p", "n", recursive: true, Filter))),
        ("BatchFiles.OpenFromNodeAsync", "download_node_file", null, client => client.Files.OpenFromNodeAsync("p", "n", "startup/stderr.txt", new HttpRange(5))),
        ("BatchFiles.GetPropertiesFromNodeAsync", "_get_node_file_properties_internal", null, client => client.Files.GetPropertiesFromNodeAsync("p", "n", "startup/stderr.txt")),
        ("BatchNodes.ListAsync", "list_nodes", "BatchNode", client => Drain(client.Nodes.ListAsync("p", Filter, Select))),
        ("BatchNodes.GetAsync", "get_node", null, client => client.Nodes.GetAsync("p", "n", Select)),
        ("BatchImages.ListAsync", "list_supported_images", "BatchSupportedImage", client => Drain(client.Images.ListAsync(Filter))),
        ("BatchApplications.ListAsync", "list_applications", "BatchApplication", client => Drain(client.Applications.ListAsync())),
        ("BatchApplications.GetAsync", "get_application", null, client => client.Applications.GetAsync("a")),
    ];

    private static async Task Drain<T>(AsyncPageable<T> list)
        where T : notnull
    {
        // A size adds the one parameter that is sent only on request.
        await foreach (Page<T> page in list.AsPages(pageSizeHint: 500))
        {
            Assert.NotEmpty(page.Values);
        }
    }
}
