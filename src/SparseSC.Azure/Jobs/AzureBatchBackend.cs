using System.Runtime.CompilerServices;
using SparseSC.Azure.Jobs.Probe;
using SparseSC.Azure.Jobs.Remove;
using SparseSC.Azure.Jobs.Submit;
using SparseSC.Azure.Jobs.Watch;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs;

/// <summary>Runs jobs on Azure Batch, with inputs and results in Azure Storage.</summary>
/// <remarks>Everything known about a job stands in its record and in the service; this object keeps nothing that another could not find.</remarks>
internal sealed class AzureBatchBackend : IBatchBackend
{
    private readonly JobRecords _records;
    private readonly JobSubmission _submission;
    private readonly JobObserver _observer;
    private readonly ResultCollector _collector;
    private readonly TaskRestart _restart;
    private readonly JobStop _stop;
    private readonly JobCleanup _cleanup;
    private readonly ConfigProbe _probe;

    /// <summary>A backend on services that were opened before.</summary>
    public AzureBatchBackend(AzureServices services)
    {
        _records = services.Records;
        _submission = new JobSubmission(services);
        _observer = new JobObserver(services);
        _cleanup = new JobCleanup(services);
        _collector = new ResultCollector(services, _cleanup);
        _restart = new TaskRestart(services, new FurtherRun(services));
        _stop = new JobStop(services);
        _probe = new ConfigProbe(services);
    }

    /// <inheritdoc/>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public TimeSpan LongestPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<BatchJobStart> StartAsync(BatchPlan plan, BatchJobRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        (JobRecord record, BatchJobStartOutcome outcome) = await _submission.StartAsync(plan, request, cancellationToken).ConfigureAwait(false);
        return new BatchJobStart(await _observer.FindJobsAsync(record, cancellationToken).ConfigureAwait(false), outcome);
    }

    /// <inheritdoc/>
    public async Task<BatchJob> GetAsync(string jobId, CancellationToken cancellationToken) =>
        await _observer.FindJobsAsync(await RecordAsync(jobId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public IAsyncEnumerable<BatchJob> ListAsync(CancellationToken cancellationToken) => _observer.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<BatchResults> CollectAsync(string jobId, string? batchDirectory, CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        return await _collector.CollectAsync(record, batchDirectory, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<BatchJob> StopAsync(string jobId, CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        record = await _stop.StopAsync(record, cancellationToken).ConfigureAwait(false);
        return await _observer.FindJobsAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string jobId, BatchJobRemoval what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(what);
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        await _cleanup.RemoveAsync(record, what, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobTask> ListTasksAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        await foreach (JobTask task in _observer.ListTasksAsync(record, cancellationToken).ConfigureAwait(false))
        {
            yield return task;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobTaskOutput> ReadOutputAsync(
        string jobId, string taskId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        await foreach (JobTaskOutput output in _observer.ReadOutputAsync(record, taskId, cancellationToken).ConfigureAwait(false))
        {
            yield return output;
        }
    }

    /// <inheritdoc/>
    public async Task<BatchJob> RestartAsync(string jobId, IReadOnlyCollection<string>? taskIds, string? vmSize, CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        record = await _restart.RestartAsync(record, taskIds, vmSize, cancellationToken).ConfigureAwait(false);
        return await _observer.FindJobsAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ConfigFinding> TestAsync(CancellationToken cancellationToken) => _probe.TestAsync(cancellationToken);

    private Task<JobRecord> RecordAsync(string jobId, CancellationToken cancellationToken) => _records.ReadAsync(jobId, cancellationToken);
}
