using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Azure.Jobs;

/// <summary>Who is submitting a run.</summary>
/// <param name="Id">The submission's own id; whatever it makes carries it.</param>
/// <param name="Machine">Its machine, for people.</param>
/// <param name="Process">Its process there.</param>
/// <param name="Began">When it began.</param>
internal sealed record Submitter(string Id, string Machine, ProcessIdentity? Process, DateTimeOffset Began)
{
    private static readonly ConcurrentDictionary<string, Submitter> AtWork = new();

    /// <summary>
    /// Whether it is certain that nobody is at it any more. Of another machine, or another container on this one, nothing is certain; there
    /// the claim decides.
    /// </summary>
    [JsonIgnore]
    public bool IsGone => Process is { IsOfThisSystem: true } process
        && (process.Id == Environment.ProcessId && process.IsAlive() ? !AtWork.ContainsKey(Id) : !process.IsAlive());

    /// <summary>This process, from now on until <see cref="End"/>.</summary>
    public static Submitter Begin(TimeProvider time)
    {
        Submitter submitter = new(
            Guid.NewGuid().ToString("N"), Environment.MachineName, ProcessIdentity.Of(Environment.ProcessId), time.GetUtcNow());
        AtWork[submitter.Id] = submitter;
        return submitter;
    }

    /// <summary>Ends it, whatever came of it.</summary>
    public void End() => AtWork.TryRemove(Id, out _);
}
