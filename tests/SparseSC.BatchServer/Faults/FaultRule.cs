using System.IO.Enumeration;

namespace SparseSC.BatchServer.Faults;

/// <summary>One thing that goes wrong, where, how often. See README.md beside the project for the kinds.</summary>
internal sealed record FaultRule
{
    /// <summary>status, drop, slow, taskServerError, bodyTooLarge, preempt, outOfMemory, expiredSas, slowDisk or clockSkew.</summary>
    public required string Kind { get; init; }

    /// <summary>Requests: the verb; any when null.</summary>
    public string? Method { get; init; }

    /// <summary>Requests: the path, with * and ?.</summary>
    public string Path { get; init; } = "*";

    /// <summary>Tasks: the id, with * and ?.</summary>
    public string Task { get; init; } = "*";

    /// <summary>Chance that a match goes wrong.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Matches that pass before the first one that can go wrong.</summary>
    public int After { get; init; }

    /// <summary>How many may go wrong.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>status: 429, 500 or 503.</summary>
    public int Status { get; init; } = 503;

    /// <summary>status: seconds in the Retry-After header; none when null.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>drop: "before" or "after" the request took effect. expiredSas: "download" or "upload".</summary>
    public string? When { get; init; }

    /// <summary>slow, slowDisk: how long. preempt, outOfMemory: how long after the task's start.</summary>
    public double Seconds { get; init; }

    /// <summary>preempt: seconds until the node is back.</summary>
    public double BackAfter { get; init; } = 1;

    /// <summary>bodyTooLarge: most tasks that still fit.</summary>
    public int MaxTasks { get; init; } = 10;

    /// <summary>clockSkew: minutes by which the server's clock is ahead.</summary>
    public double Minutes { get; init; }

    public bool MatchesRequest(string method, string path) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase)) && FileSystemName.MatchesSimpleExpression(Path, path);

    public bool MatchesTask(string id) => FileSystemName.MatchesSimpleExpression(Task, id);
}
