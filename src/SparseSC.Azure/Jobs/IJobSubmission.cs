using SparseSC.Core.Jobs;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Jobs;

/// <summary>Starts jobs.</summary>
internal interface IJobSubmission
{
    /// <summary>Starts what a plan has left, unless it runs already.</summary>
    Task<(JobRecord Record, BatchJobStartOutcome Outcome)> StartAsync(BatchPlan plan, BatchJobRequest request, CancellationToken cancellationToken);
}
