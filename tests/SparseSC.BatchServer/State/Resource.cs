using System.Globalization;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.State;

/// <summary>Something with an ETag and a state: a pool, a node, a job or a task.</summary>
/// <param name="spec">What the client sent, which is also what the client gets back.</param>
/// <param name="state">The first state.</param>
internal abstract class Resource(JsonObject spec, string state)
{
    private static long _lastTag = DateTime.UtcNow.Ticks;

    private static long _lastSequence;

    /// <summary>Place in the order of making; grows and is never used again.</summary>
    public long Sequence { get; } = Interlocked.Increment(ref _lastSequence);

    public JsonObject Spec { get; } = spec;

    public string Id => (string)Spec["id"]!;

    public string ETag { get; private set; } = NewTag();

    public DateTime CreationTime { get; } = DateTime.UtcNow;

    public DateTime LastModified { get; private set; } = DateTime.UtcNow;

    public string State { get; private set; } = state;

    public DateTime StateTransitionTime { get; private set; } = DateTime.UtcNow;

    public string? PreviousState { get; private set; }

    public DateTime? PreviousStateTransitionTime { get; private set; }

    /// <summary>The properties have changed by a request.</summary>
    public void Touch()
    {
        ETag = NewTag();
        LastModified = DateTime.UtcNow;
    }

    public void Enter(string state)
    {
        if (state != State)
        {
            (PreviousState, PreviousStateTransitionTime) = (State, StateTransitionTime);
            (State, StateTransitionTime) = (state, DateTime.UtcNow);
            Touch();
        }
    }

    public static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    /// <summary>The properties every kind has, and those the client sent, as far as they are wanted.</summary>
    protected JsonObject Common(Wanted wanted, string url)
    {
        JsonObject item = [];
        void Add(string name, string? value)
        {
            if (value is not null && wanted[name])
            {
                item[name] = value;
            }
        }

        foreach ((string name, JsonNode? value) in Spec)
        {
            if (value is not null && wanted[name])
            {
                item[name] = value.DeepClone();
            }
        }

        RenderSecrets.Remove(item);
        Add("url", url);
        Add("eTag", ETag);
        Add("creationTime", Time(CreationTime));
        Add("lastModified", Time(LastModified));
        Add("state", State);
        Add("stateTransitionTime", Time(StateTransitionTime));
        Add("previousState", PreviousState);
        Add("previousStateTransitionTime", PreviousStateTransitionTime is { } time ? Time(time) : null);
        return item;
    }

    // Same form as the service's; a counter keeps two changes within one tick apart.
    private static string NewTag() => $"0x8{Interlocked.Increment(ref _lastTag):X15}";
}
