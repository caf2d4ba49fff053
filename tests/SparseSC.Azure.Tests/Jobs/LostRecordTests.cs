using SparseSC.Azure.Jobs;
using SparseSC.Batch.Jobs;
using SparseSC.Core.Errors;
using BatchJobState = SparseSC.Batch.Jobs.BatchJobState;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Jobs whose records are gone from storage.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class LostRecordTests(AzuriteFixture storage)
{
    [AzuriteTheory(NeedsUnix = true)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_whose_record_is_lost_is_found_by_what_its_run_says(bool wholeHome)
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        AzureBatchBackend backend = rig.Backend();
        await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { JobId = "lost", TaskGroupSize = 4 }, CancellationToken.None);
        BatchJob before = await BackendRig.WaitAsync(backend, "lost");
        AzureServices services = rig.Services();
        if (wholeHome)
        {
            await services.Home.DeleteAsync();
        }
        else
        {
            await services.Home.DeleteBlobAsync(JobLayout.RecordBlob("lost"));
        }

        List<BatchJob> listed = [];
        await foreach (BatchJob job in rig.Backend().ListAsync(CancellationToken.None))
        {
            listed.Add(job);
        }

        BatchJob found = await rig.Backend().GetAsync("lost", CancellationToken.None);
        BatchResults results = await rig.Backend().CollectAsync("lost", Path.Combine(rig.Folder, "elsewhere"), CancellationToken.None);

        Assert.All([Assert.Single(listed), found], job => Assert.Equal(
            (before.Id, BatchJobState.Completed, 8, before.PlanHash, before.BatchDirectory, before.ContainerName),
            (job.Id, job.State, job.Done, job.PlanHash, job.BatchDirectory, job.ContainerName)));
        Assert.True(results.IsComplete, results.Message);
        Assert.Single(rig.Steps, step => step.Kind == JobStepKind.Warning && step.Message.StartsWith("The record of the job 'lost' was lost.", StringComparison.Ordinal));
        Assert.Contains("home/jobs/lost/job.json", await rig.BlobsAsync());
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_job_of_another_home_is_not_taken_for_one_that_is_lost()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        await rig.Backend().StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { JobId = "other", TaskGroupSize = 4 }, CancellationToken.None);
        await BackendRig.WaitAsync(rig.Backend(), "other");
        rig.Config.ContainerName = $"job-{Guid.NewGuid():N}";

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => rig.Backend().GetAsync("other", CancellationToken.None));

        Assert.Equal("JobNotFound", error.ErrorId);
    }

    [AzuriteFact(NeedsUnix = true)]
    public async Task A_job_that_was_removed_stays_removed()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        AzureBatchBackend backend = rig.Backend();
        await backend.StartAsync(TinyPlan.Create(rig.Folder), new BatchJobRequest { JobId = "gone", TaskGroupSize = 4 }, CancellationToken.None);
        await BackendRig.WaitAsync(backend, "gone");

        await backend.RemoveAsync("gone", new BatchJobRemoval { Job = true, Container = true, Force = true }, CancellationToken.None);

        Assert.Equal("JobNotFound", (await Assert.ThrowsAsync<BatchJobException>(() => backend.GetAsync("gone", CancellationToken.None))).ErrorId);
    }
}
