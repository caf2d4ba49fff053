using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.PowerShell.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Starts jobs and tells what came of it.</summary>
internal static class JobsStart
{
    /// <summary>Starts several; an error about one is reported, and the others go on.</summary>
    public static async Task RunAllAsync(IReadOnlyList<Order> orders, IWorkStreams streams, CancellationToken stopping)
    {
        StepReporter steps = new(streams);
        BackendSet backends = new(steps);
        foreach (Order order in orders)
        {
            steps.Begin(order.Activity);
            try
            {
                await RunAsync(order, new BackendWork(backends.For(order.Config), streams, stopping)).ConfigureAwait(false);
            }
            catch (Exception error) when (ErrorMapper.CanMap(error))
            {
                streams.WriteError(ErrorMapper.ToRecord(error, order.Plan.Directory, streams.CommandName));
            }
            finally
            {
                steps.End();
            }
        }
    }

    /// <summary>Starts one and writes the job.</summary>
    public static async Task<BatchJob> RunAsync(Order order, BackendWork on)
    {
        BatchJobStart start = await on.Backend.StartAsync(order.Plan, order.Request, on.Stopping).ConfigureAwait(false);
        Tell(start, on.Streams);
        on.Streams.Write(start.Job);
        return start.Job;
    }

    private static void Tell(BatchJobStart start, IWorkStreams streams)
    {
        BatchJob job = start.Job;
        string told = $"{start.Describe($"Job '{job.Id}'", $"{job.State}")} {job.Message}".TrimEnd();
        if (start.Outcome == BatchJobStartOutcome.AlreadyRunning)
        {
            streams.WriteWarning(told);
        }
        else
        {
            streams.WriteVerbose(told);
        }

        if (job.NeedsAttention && start.Outcome != BatchJobStartOutcome.AlreadyRunning)
        {
            streams.WriteWarning($"Job '{job.Id}': {job.Message}");
        }
    }

    /// <summary>What is to be started, how and where.</summary>
    internal sealed record Order(BatchPlan Plan, BatchJobRequest Request, BatchConfig? Config)
    {
        /// <summary>What a progress bar says of it.</summary>
        public string Activity => $"Starting a job of {Plan.Directory}";
    }
}
