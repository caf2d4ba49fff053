using System.Diagnostics.CodeAnalysis;

namespace SparseSC.BatchServer.Execution;

/// <summary>Why a run is ended from outside.</summary>
internal enum EndReason
{
    None,
    Terminated,
    Preempted,
}

/// <summary>Lets others end a run. Never disposed: whoever holds it may ask for the end long after the run is over.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It holds no timer and no handle, and a late End must find it alive.")]
internal class RunControl
{
    private readonly CancellationTokenSource _stop = new();

    public EndReason Reason { get; private set; }

    public CancellationToken Stopping => _stop.Token;

    public void End(EndReason reason)
    {
        if (Reason == EndReason.None)
        {
            Reason = reason;

            // Asynchronous, because the callers hold the account's lock and a kill looks at every process there is.
            _ = _stop.CancelAsync();
        }
    }
}
