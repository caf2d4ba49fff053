using System.Runtime.InteropServices;

namespace SparseSC.Cli.Hosting;

/// <summary>Turns the signals that ask a process to end into cancellation.</summary>
internal sealed class Signals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    private Signals()
    {
    }

    /// <summary>SIGINT (Ctrl-C), SIGTERM and SIGHUP cancel <paramref name="host"/>; a second one ends the process at once.</summary>
    public static Signals CancelOnInterrupt(CliHost host)
    {
        Signals signals = new();
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            signals._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                if (!host.Cancellation.IsCancellationRequested)
                {
                    context.Cancel = true;
                    host.Cancel();
                }
            }));
        }

        return signals;
    }

    /// <inheritdoc/>
    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}
