using System.Text.Json.Nodes;
using System.Xml;
using SparseSC.BatchServer.Faults;

namespace SparseSC.BatchServer.Execution;

/// <summary>What a node is to run: a task or a start task.</summary>
/// <param name="Spec">Command line, resource files, output files.</param>
/// <param name="Directory">Where its files and its wd folder are.</param>
/// <param name="Environment">The process's whole environment.</param>
/// <param name="Fault">What goes wrong on purpose.</param>
internal sealed record Work(JsonObject Spec, string Directory, IReadOnlyDictionary<string, string> Environment, AttemptFault Fault)
{
    // Timers cannot be longer, and no run lives to see it.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>Whether the node can run containers; what asks for one elsewhere fails.</summary>
    public required bool HasContainers { get; init; }

    /// <summary>The node's disk.</summary>
    public required NodeDisk Disk { get; init; }

    /// <summary>How the node comes to storage.</summary>
    public required NodeStorage Storage { get; init; }

    public string WorkingDirectory => Path.Combine(Directory, "wd");

    /// <summary>How long it may run, from the first download on.</summary>
    public TimeSpan Limit => Duration(Spec["constraints"]?["maxWallClockTime"]);

    /// <summary>A limit on time; infinite when there is none.</summary>
    public static TimeSpan Duration(JsonNode? value) =>
        value is null || XmlConvert.ToTimeSpan(value.ToString()) is var limit && limit > Longest
            ? Timeout.InfiniteTimeSpan
            : XmlConvert.ToTimeSpan(value.ToString());
}
