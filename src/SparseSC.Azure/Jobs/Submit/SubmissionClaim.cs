using System.Diagnostics;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>The right to submit a run of a job, held by one submission at a time and renewed while it is at work.</summary>
/// <remarks>
/// The claim is a lease on a blob beside the job's record, so the service's clock decides who holds it. A process that is killed, suspended or
/// cut off does not renew it, and a minute later another submission may take the job over. One that wakes up then finds its claim lost: its
/// calls are cancelled, and what it takes back is only what nobody but itself can have used.
/// </remarks>
internal sealed class SubmissionClaim : IAsyncDisposable
{
    private readonly BlobLease _lease;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewal;

    private SubmissionClaim(BlobLease lease, TimeSpan duration, TimeProvider time)
    {
        _lease = lease;
        _duration = duration;
        _time = time;
        _renewal = RenewAsync();
    }

    /// <summary>Cancelled when the claim is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the claim.</summary>
    /// <param name="services">Where the record lies.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="submitter">Who takes it.</param>
    /// <param name="holder">Who is known to have held it last; <c>null</c> for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The claim; <c>null</c> when somebody else holds it.</returns>
    public static async Task<SubmissionClaim?> TryTakeAsync(
        AzureServices services, string jobId, Submitter submitter, Submitter? holder, CancellationToken cancellationToken)
    {
        string blob = JobLayout.ClaimBlob(jobId);
        if (holder is { IsGone: true })
        {
            // Its process is seen to be gone, so nobody need wait until its lease runs out.
            await BlobLease.BreakAsync(services.Home, blob, cancellationToken).ConfigureAwait(false);
        }

        string leaseId = Guid.ParseExact(submitter.Id, "N").ToString("D");
        BlobLease? lease = await BlobLease.TryAcquireAsync(services.Home, blob, leaseId, services.ClaimDuration, cancellationToken).ConfigureAwait(false);
        return lease is null ? null : new SubmissionClaim(lease, services.ClaimDuration, services.Time);
    }

    /// <summary>Whether the claim is still held, as the service says now.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (!_lost.IsCancellationRequested && !await _lease.RenewAsync(cancellationToken).ConfigureAwait(false))
        {
            await _lost.CancelAsync().ConfigureAwait(false);
        }

        return !_lost.IsCancellationRequested;
    }

    /// <summary>Gives the claim back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewal.ConfigureAwait(false);
        if (!_lost.IsCancellationRequested)
        {
            using CancellationTokenSource patience = new(_duration);
            try
            {
                await _lease.ReleaseAsync(patience.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is SparseSCException or OperationCanceledException)
            {
                // A lease that cannot be given back runs out by itself.
            }
        }

        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        long renewed = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await Task.Delay(_duration / 4, _time, _ended.Token).ConfigureAwait(false);
                long asked = Stopwatch.GetTimestamp();
                if (!await _lease.RenewAsync(_ended.Token).ConfigureAwait(false))
                {
                    await _lost.CancelAsync().ConfigureAwait(false);
                    return;
                }

                renewed = asked;
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
            catch (SparseSCException)
            {
                // The service may answer next time; but a lease that could not be renewed in its time is somebody else's to take.
                if (Stopwatch.GetElapsedTime(renewed) >= _duration)
                {
                    await _lost.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
    }
}
