using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>The frame of a submission: it holds the claim on its job, and takes back what it made when it does not come to its end.</summary>
internal static class SubmissionWork
{
    /// <summary>Runs a submission.</summary>
    /// <param name="services">Azure.</param>
    /// <param name="record">The job; it need not be in storage yet.</param>
    /// <param name="submitter">Who submits.</param>
    /// <param name="work">The submission; its token is cancelled, too, when the claim is lost.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BatchJobException">Somebody else submits the job (<c>JobBeingSubmitted</c>), or has taken it over meanwhile
    /// (<c>SubmissionTakenOver</c>).</exception>
    public static async Task<T> RunAsync<T>(
        AzureServices services,
        JobRecord record,
        Submitter submitter,
        Func<SubmissionClaim, SubmissionRollback, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        await new PlanUpload(services).EnsureAsync(services.Home, cancellationToken).ConfigureAwait(false);
        SubmissionClaim claim = await SubmissionClaim.TryTakeAsync(services, record.Id, submitter, record.Submitter, cancellationToken).ConfigureAwait(false)
            ?? throw JobRecords.BeingSubmitted(record);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, claim.Lost);
        SubmissionRollback rollback = new(services.Steps);
        bool isSubmitted = false;
        try
        {
            T result = await work(claim, rollback, linked.Token).ConfigureAwait(false);
            rollback.Keep();
            isSubmitted = true;
            return result;
        }
        catch (OperationCanceledException) when (claim.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw JobRecords.TakenOver(record.Id);
        }
        finally
        {
            await rollback.RunAsync().ConfigureAwait(false);
            await claim.DisposeAsync().ConfigureAwait(false);
            if (!isSubmitted)
            {
                await services.Records.RemoveUnusedClaimAsync(record.Id).ConfigureAwait(false);
            }
        }
    }
}
