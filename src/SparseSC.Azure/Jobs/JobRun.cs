namespace SparseSC.Azure.Jobs;

/// <summary>One run of a job.</summary>
/// <param name="Id">Its id as a job of the Batch service; see <see cref="JobLayout.RunId"/>.</param>
/// <param name="Container">The container that its tasks write to. No other run writes there.</param>
internal sealed record JobRun(string Id, string Container);
