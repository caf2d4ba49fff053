using System.Reflection;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Tests.Jobs;

/// <summary>A folder of jobs with real workers, and plans that are quick, slow, or bound to fail.</summary>
public sealed class JobFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public JobFixture()
    {
        Config = new LocalBatchConfig { JobDirectory = _folder.Path("jobs"), WorkerPath = WorkerPath, MaxParallel = 2 };
        Backend = new LocalBatchBackend(Config, new WorkerHome());
    }

    public static string WorkerPath { get; } = typeof(JobFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Worker").Value!;

    public static FitOptions QuickOptions => new() { StoppingRule = 1, Constraint = WeightConstraint.Orthant, GridLength = 3, CvFolds = FoldSpecification.Shuffled(2), GradientFolds = FoldSpecification.Shuffled(3) };

    public LocalBatchConfig Config { get; }

    public LocalBatchBackend Backend { get; }

    public string Path(string name) => _folder.Path(name);

    public string RecordPath(string jobId) => System.IO.Path.Combine(Config.JobDirectory!, jobId, "job.json");

    public static FitData Data(int units, int features, int targets)
    {
        Random random = new(7);
        double[] x = [.. Enumerable.Range(0, units * features).Select(_ => random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, units * targets).Select(i => x[i / targets * features] + random.NextDouble())];
        return new FitData(new FeatureMatrix(x, units, features), new FeatureMatrix(y, units, targets), [0, 1]);
    }

    /// <summary>Six tasks that take an instant each.</summary>
    public BatchPlan QuickPlan(string name = "quick") => BatchPlans.Create(Data(20, 4, 3), QuickOptions, Path(name));

    /// <summary>More tasks than any machine computes while a test looks on.</summary>
    public BatchPlan EndlessPlan(string name = "endless") => BatchPlans.Create(Data(200, 25, 6), new FitOptions { GridLength = 20_000 }, Path(name));

    /// <summary>Every task fails, because no search gets the iterations it needs.</summary>
    public BatchPlan FailingPlan(string name = "failing")
    {
        FitOptions options = QuickOptions;
        options.MaxIter = 1;
        options.MinIter = 0;
        options.Tol = 1e-12;
        options.GridMax = 1e-3;
        return BatchPlans.Create(Data(20, 4, 3), options, Path(name));
    }

    public async Task<BatchJob> StartAsync(BatchPlan plan, string? jobId = null, bool detach = false) =>
        (await Backend.StartAsync(plan, new BatchJobRequest { JobId = jobId, Detach = detach }, CancellationToken.None)).Job;

    public Task<BatchJob> WaitAsync(string jobId) =>
        new JobWaiter(Backend, TimeSpan.FromMilliseconds(50)).WaitAsync(jobId, HangGuard.Limit, null, CancellationToken.None);

    public async Task<BatchJob> WaitUntilAsync(string jobId, Func<BatchJob, bool> condition)
    {
        BatchJob? job = null;
        await HangGuard.UntilAsync(
            async () => condition(job = await Backend.GetAsync(jobId, CancellationToken.None)),
            () => $"Job {jobId} stayed {job?.State}, {job?.Done} of {job?.Tasks} done. {job?.Message}");
        return job!;
    }

    internal ProcessIdentity[] Workers(string jobId) => JobRecordFile.Read(RecordPath(jobId)).Workers;

    public void Dispose()
    {
        foreach (string record in Directory.EnumerateFiles(_folder.Root, "job.json", SearchOption.AllDirectories))
        {
            Backend.StopAsync(System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(record))!, CancellationToken.None).Wait();
        }

        _folder.Dispose();
    }
}
