using SparseSC.Batch.Jobs;

namespace SparseSC.Azure.Jobs.Probe;

/// <summary>Makes findings.</summary>
internal static class Finding
{
    public static ConfigFinding Ok(string message) => new() { Message = message };

    public static ConfigFinding Warning(string message) => new() { Severity = FindingSeverity.Warning, Message = message };

    public static ConfigFinding Error(string message) => new() { Severity = FindingSeverity.Error, Message = message };
}
