using System.Collections.Concurrent;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>The workers whose lifelines this process holds, by the folder of their job.</summary>
/// <remarks>
/// It is the one place that lives as long as the process: were a lifeline's owner collected as garbage, its worker would stop.
/// </remarks>
internal static class OwnedWorkers
{
    private static readonly ConcurrentDictionary<string, WorkerProcess[]> ByJobFolder = new(StringComparer.Ordinal);

    public static void Keep(string jobFolder, IEnumerable<WorkerProcess> workers)
    {
        Release(jobFolder);
        ByJobFolder[jobFolder] = [.. workers];
    }

    public static bool Holds(string jobFolder) => ByJobFolder.ContainsKey(jobFolder);

    public static void Release(string jobFolder)
    {
        if (ByJobFolder.TryRemove(jobFolder, out WorkerProcess[]? workers))
        {
            foreach (WorkerProcess worker in workers)
            {
                worker.CutLifeline();
                worker.Dispose();
            }
        }
    }
}
