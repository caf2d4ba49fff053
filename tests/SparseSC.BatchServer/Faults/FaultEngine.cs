using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Faults;

/// <summary>Decides, rule by rule, what goes wrong now.</summary>
internal sealed class FaultEngine(FaultPlan plan)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(plan.Seed);
    private readonly Dictionary<FaultRule, Count> _counts = new(ReferenceEqualityComparer.Instance);

    /// <summary>How far the server's clock is ahead.</summary>
    public TimeSpan ClockSkew { get; } =
        TimeSpan.FromMinutes(plan.Rules.FirstOrDefault(rule => rule.Kind == "clockSkew")?.Minutes ?? 0);

    public RequestFault ForRequest(string method, string path)
    {
        RequestFault fault = RequestFault.None;
        foreach (FaultRule rule in plan.Rules)
        {
            if (rule.Kind is "status" or "drop" or "slow" && rule.MatchesRequest(method, path) && Strikes(rule))
            {
                fault = rule switch
                {
                    { Kind: "slow" } => fault with { Delay = TimeSpan.FromSeconds(rule.Seconds) },
                    { Kind: "drop", When: "before" } => fault with { DropBefore = true },
                    { Kind: "drop" } => fault with { DropAfter = true },
                    _ => fault with { Error = Busy(rule.Status), RetryAfter = rule.RetryAfter },
                };
            }
        }

        return fault;
    }

    public AttemptFault ForAttempt(string task)
    {
        AttemptFault fault = AttemptFault.None;
        foreach (FaultRule rule in plan.Rules)
        {
            if (rule.Kind is "preempt" or "outOfMemory" or "expiredSas" or "slowDisk" && rule.MatchesTask(task) && Strikes(rule))
            {
                TimeSpan time = TimeSpan.FromSeconds(rule.Seconds);
                fault = rule switch
                {
                    { Kind: "preempt" } => fault with { PreemptedAfter = time, NodeBackAfter = TimeSpan.FromSeconds(rule.BackAfter) },
                    { Kind: "outOfMemory" } => fault with { OutOfMemoryAfter = time },
                    { Kind: "slowDisk" } => fault with { DiskDelay = time },
                    { When: "download" } => fault with { DownloadRefused = true },
                    _ => fault with { UploadRefused = true },
                };
            }
        }

        return fault;
    }

    /// <summary>Whether adding this task fails as if the service had a problem of its own.</summary>
    public bool FailsToAdd(string task) =>
        plan.Rules.Any(rule => rule.Kind == "taskServerError" && rule.MatchesTask(task) && Strikes(rule));

    /// <summary>Whether a collection of so many tasks is too large.</summary>
    public bool IsTooLarge(int tasks) =>
        plan.Rules.Any(rule => rule.Kind == "bodyTooLarge" && tasks > rule.MaxTasks && Strikes(rule));

    private static ServiceException Busy(int status) => status switch
    {
        429 => new ServiceException(429, "TooManyRequests", "The account has too many requests at the moment. Please retry after some time."),
        500 => new ServiceException(500, "InternalError", "The server encountered an internal error. Please retry the request."),
        _ => new ServiceException(503, "ServerBusy", "The server is currently unable to receive requests. Please retry your request."),
    };

    private bool Strikes(FaultRule rule)
    {
        lock (_gate)
        {
            Count count = _counts.TryGetValue(rule, out Count? known) ? known : _counts[rule] = new Count();
            bool strikes = ++count.Matches > rule.After && count.Strikes < rule.Times && _random.NextDouble() < rule.Probability;
            count.Strikes += strikes ? 1 : 0;
            return strikes;
        }
    }

    private sealed class Count
    {
        public int Matches { get; set; }

        public int Strikes { get; set; }
    }
}
