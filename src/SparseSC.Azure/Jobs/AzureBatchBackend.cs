using System.Runtime.CompilerServices;
using SparseSC.Core.Jobs;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs;

/// <summary>Runs jobs on Azure Batch, with inputs and results in Azure Storage.</summary>
/// <remarks>Everything known about a job stands in its record and in the service; this object keeps nothing that another could not find.</remarks>
internal sealed class AzureBatchBackend : IBatchBackend
{
    private readonly AzureBackendParts _parts;

    public AzureBatchBackend(AzureBackendParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
    }

    /// <inheritdoc/>
    public TimeSpan PollingInterval => _parts.PollingInterval;

    /// <inheritdoc/>
    public TimeSpan LongestPollingInterval => _parts.LongestPollingInterval;

    /// <inheritdoc/>
    public async Task<BatchJobStart> StartAsync(BatchPlan plan, BatchJobRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        (JobRecord record, BatchJobStartOutcome outcome) = await _parts.Submission.StartAsync(plan, request, cancellationToken).ConfigureAwait(false);
        return new BatchJobStart(await _parts.Observer.LookAsync(record, cancellationToken).ConfigureAwait(false), outcome);
    }

    /// <inheritdoc/>
    public async Task<BatchJob> GetAsync(string jobId, CancellationToken cancellationToken) =>
        await _parts.Observer.LookAsync(await RecordAsync(jobId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public IAsyncEnumerable<BatchJob> ListAsync(CancellationToken cancellationToken) => _parts.Observer.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<BatchResults> CollectAsync(string jobId, string? batchDirectory, CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        return await _parts.Collector.CollectAsync(record, batchDirectory, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<BatchJob> StopAsync(string jobId, CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        record = await _parts.Stop.StopAsync(record, cancellationToken).ConfigureAwait(false);
        return await _parts.Observer.LookAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string jobId, BatchJobRemoval what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(what);
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        await _parts.Cleanup.RemoveAsync(record, what, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobTask> ListTasksAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        await foreach (JobTask task in _parts.Observer.ListTasksAsync(record, cancellationToken).ConfigureAwait(false))
        {
            yield return task;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobTaskOutput> ReadOutputAsync(
        string jobId, string taskId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        await foreach (JobTaskOutput output in _parts.Observer.ReadOutputAsync(record, taskId, cancellationToken).ConfigureAwait(false))
        {
            yield return output;
        }
    }

    /// <inheritdoc/>
    public async Task<BatchJob> RestartAsync(string jobId, IReadOnlyCollection<string>? taskIds, string? vmSize, CancellationToken cancellationToken)
    {
        JobRecord record = await RecordAsync(jobId, cancellationToken).ConfigureAwait(false);
        record = await _parts.Restart.RestartAsync(record, taskIds, vmSize, cancellationToken).ConfigureAwait(false);
        return await _parts.Observer.LookAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ConfigFinding> TestAsync(CancellationToken cancellationToken) => _parts.Probe.TestAsync(cancellationToken);

    private Task<JobRecord> RecordAsync(string jobId, CancellationToken cancellationToken) => _parts.Records.ReadAsync(jobId, cancellationToken);
}
