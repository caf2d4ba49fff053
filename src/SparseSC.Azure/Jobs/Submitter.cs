using System.Collections.Concurrent;
using SparseSC.Core.Jobs.Local;

namespace SparseSC.Azure.Jobs;

/// <summary>Who is submitting a run, so that another session can tell a submission at work from one whose process was killed.</summary>
/// <param name="Id">The submission's own id; a job or pool that it makes carries it.</param>
/// <param name="Machine">Its machine.</param>
/// <param name="Process">Its process there.</param>
/// <param name="Began">When it began.</param>
internal sealed record Submitter(string Id, string Machine, ProcessIdentity? Process, DateTimeOffset Began)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly ConcurrentDictionary<string, Submitter> AtWork = new();

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

    /// <summary>Whether nobody is at it any more. What cannot be seen from here, on another machine, is believed for a while.</summary>
    public bool IsAbandoned(TimeProvider time)
    {
        bool isHere = Machine == Environment.MachineName && Process is not null;
        bool isMine = isHere && Process!.Id == Environment.ProcessId;
        return isMine ? !AtWork.ContainsKey(Id) : isHere ? !Process!.IsAlive() : time.GetUtcNow() - Began > Longest;
    }
}
