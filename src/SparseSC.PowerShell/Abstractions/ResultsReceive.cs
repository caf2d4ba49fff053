using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Errors;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Receives results of jobs, or looks at a batch directory, and tells what is there.</summary>
internal static class ResultsReceive
{
    /// <summary>Receives several; an error about one is reported, and the others go on.</summary>
    public static async Task RunAllAsync(IReadOnlyList<Order> orders, IWorkStreams streams, CancellationToken stopping)
    {
        StepReporter steps = new(streams);
        BackendSet backends = new(steps);
        foreach (Order order in orders)
        {
            steps.Begin(order.Activity);
            try
            {
                await RunAsync(order, () => backends.For(order.Job!.Config), streams, stopping).ConfigureAwait(false);
            }
            catch (Exception error) when (ErrorMapper.CanMap(error))
            {
                streams.WriteError(ErrorMapper.ToRecord(error, order.Job?.Id ?? order.Directory, streams.CommandName));
            }
            finally
            {
                steps.End();
            }
        }
    }

    /// <summary>Receives one and writes what is there.</summary>
    /// <param name="order">What is to be received.</param>
    /// <param name="backend">Where the job is; asked only when there is one.</param>
    /// <param name="streams">Where to write.</param>
    /// <param name="stopping">Ends it.</param>
    /// <exception cref="InvalidInputException">Neither a job nor a directory is given.</exception>
    public static async Task RunAsync(Order order, Func<IBatchBackend> backend, IWorkStreams streams, CancellationToken stopping)
    {
        BatchResults results = order.Job is { } job ? await backend().CollectAsync(job.Id, order.Directory, stopping).ConfigureAwait(false)
            : order.Directory is { } directory ? ResultFiles.Survey(BatchPlans.Load(directory))
            : throw new InvalidInputException("NothingToReceive", "Give {JobId}, {BatchDirectory}, or both.", "JobId");
        streams.WriteVerbose(Story.Of(results));
        if (!results.IsComplete)
        {
            streams.WriteWarning($"{results.Message} Start-SparseSCBatchJob computes only what is missing.");
        }

        streams.Write(results);
    }

    /// <summary>A job, or a batch directory, or both.</summary>
    internal sealed record Order(BatchJobReference? Job, string? Directory)
    {
        /// <summary>The activity that a progress bar shows.</summary>
        public string Activity => $"Receiving results of {(Job is null ? Directory : $"job {Job.Id}")}";
    }
}
