using System.Management.Automation;
using SparseSC.Batch.Jobs;
using SparseSC.PowerShell.Binding;
using SparseSC.PowerShell.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>A cmdlet that speaks to the backend of a configuration.</summary>
public abstract class BatchCommand : SparseSCCommand
{
    private readonly PipelineStreams _streams;
    private readonly StepReporter _steps;
    private readonly BackendSet _backends;

    /// <summary>Creates the cmdlet.</summary>
    protected BatchCommand()
    {
        _streams = new PipelineStreams(this);
        _steps = new StepReporter(_streams);
        _backends = new BackendSet(_steps);
    }

    /// <summary>Where jobs run; without it, on this machine with the default settings.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BatchConfigTransformation]
    [NeverNull]
    public BatchConfig? Config { get; set; }

    /// <summary>Runs work with the backend of <see cref="Config"/>, or of the configuration that a job brings along.</summary>
    /// <param name="fromJob">The configuration that the object at hand brought along.</param>
    /// <param name="activity">Shown at once as a progress bar, when the work may take long; <c>null</c> shows none.</param>
    /// <param name="work">What to do, off the pipeline thread.</param>
    internal T RunOnBackend<T>(BatchConfig? fromJob, string? activity, Func<BackendWork, Task<T>> work) => RunWithStreams(async (streams, stopping) =>
    {
        if (activity is not null)
        {
            _steps.Begin(activity);
        }

        try
        {
            return await work(new BackendWork(_backends.For(Config ?? fromJob), streams, stopping)).ConfigureAwait(false);
        }
        finally
        {
            _steps.End();
        }
    });

    /// <summary>The jobs that references with wildcards stand for, and those without as they are.</summary>
    private protected IEnumerable<BatchJobReference> Expand(IEnumerable<BatchJobReference> references) => references.SelectMany(reference =>
        !WildcardPattern.ContainsWildcardCharacters(reference.Id) ? [reference] : RunOnBackend(reference.Config, null, async on =>
        {
            WildcardPattern pattern = new(reference.Id, WildcardOptions.IgnoreCase);
            List<BatchJobReference> jobs = [];
            await foreach (BatchJob job in on.Backend.ListAsync(on.Stopping).ConfigureAwait(false))
            {
                if (pattern.IsMatch(job.Id))
                {
                    jobs.Add(new BatchJobReference(job.Id, reference.Config));
                }
            }

            return jobs;
        }));

    /// <summary>Runs work that brings its own way of telling how far it is.</summary>
    internal T RunWithStreams<T>(Func<IWorkStreams, CancellationToken, Task<T>> work) => RunOffThread(async port =>
    {
        _streams.Port = port;
        try
        {
            return await work(_streams, port.Stopping).ConfigureAwait(false);
        }
        finally
        {
            _streams.Port = null;
        }
    });

    /// <summary>Runs work here, or as a PowerShell job that is written at once.</summary>
    internal void RunHereOr(bool asJob, Func<IWorkStreams, CancellationToken, Task> work)
    {
        if (asJob)
        {
            RunAsJob(work);
            return;
        }

        _ = RunWithStreams(async (streams, stopping) =>
        {
            await work(streams, stopping).ConfigureAwait(false);
            return true;
        });
    }

    /// <summary>Does something for every item; an error about one is reported, and the others go on.</summary>
    private protected void ForEach<T>(IEnumerable<T> items, Action<T> action)
    {
        foreach (T item in items)
        {
            try
            {
                action(item);
            }
            catch (Exception error) when (ErrorMapper.CanMap(error))
            {
                WriteMappedError(error, item?.ToString());
            }
        }
    }
}
