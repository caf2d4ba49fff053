using System.Globalization;

namespace SparseSC.Batch.Jobs.Local;

/// <summary>The log files of a job's workers.</summary>
internal static class WorkerLog
{
    private const int TailBytes = 4096;

    public static string PathOf(string jobFolder, int worker) =>
        Path.Combine(jobFolder, string.Create(CultureInfo.InvariantCulture, $"worker-{worker + 1}.log"));

    /// <summary>Empties the logs, so that what they say is about the latest start.</summary>
    public static void Clear(string jobFolder)
    {
        foreach (string log in Directory.EnumerateFiles(jobFolder, "worker-*.log"))
        {
            File.Delete(log);
        }
    }

    /// <summary>The last line that any worker wrote, or <c>null</c> when all were silent.</summary>
    public static string? LastLine(string jobFolder) => Directory.EnumerateFiles(jobFolder, "worker-*.log")
        .OrderByDescending(File.GetLastWriteTimeUtc)
        .Select(Tail)
        .FirstOrDefault(line => line is not null);

    private static string? Tail(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-Math.Min(TailBytes, stream.Length), SeekOrigin.End);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
    }
}
