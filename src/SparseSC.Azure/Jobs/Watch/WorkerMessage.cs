namespace SparseSC.Azure.Jobs.Watch;

/// <summary>Finds in a worker's standard error what it says went wrong.</summary>
internal static class WorkerMessage
{
    private const int Longest = 600;
    private const string Prefix = "sparsesc ";

    /// <summary>The worker's own message, else the last line; <c>null</c> when nothing was written.</summary>
    public static string? Of(string standardError)
    {
        string[] lines = standardError.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? own = lines.LastOrDefault(line => line.StartsWith(Prefix, StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal));
        string? said = own is null ? lines.LastOrDefault() : own[(own.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        return said is { Length: > Longest } ? said[..Longest] + "…" : said;
    }
}
