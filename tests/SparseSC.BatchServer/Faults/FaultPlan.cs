using System.Text.Json;
using System.Text.Json.Serialization;

namespace SparseSC.BatchServer.Faults;

/// <summary>The faults of one run, and the seed that decides by chance.</summary>
/// <param name="Seed">Seed of the random numbers.</param>
/// <param name="Rules">What goes wrong; every rule is looked at on its own.</param>
internal sealed record FaultPlan(int Seed, IReadOnlyList<FaultRule> Rules)
{
    private static readonly string[] Kinds =
        ["status", "drop", "slow", "taskServerError", "bodyTooLarge", "preempt", "outOfMemory", "expiredSas", "slowDisk", "clockSkew"];

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public static FaultPlan None { get; } = new(0, []);

    /// <exception cref="OptionException">The file is not there or not a plan.</exception>
    public static FaultPlan Read(string file) => File.Exists(file)
        ? Parse(File.ReadAllText(file), file)
        : throw new OptionException("FaultFileNotFound", $"--faults is '{file}', and there is no such file.");

    /// <param name="json">The plan.</param>
    /// <param name="origin">Where it comes from, for errors.</param>
    /// <exception cref="OptionException">It is not a plan.</exception>
    public static FaultPlan Parse(string json, string origin)
    {
        FaultPlan plan;
        try
        {
            plan = JsonSerializer.Deserialize<FaultPlan>(json, Format)!;
        }
        catch (JsonException problem)
        {
            throw new OptionException("FaultFileInvalid", $"{origin} is not a fault plan: {problem.Message}");
        }

        foreach (FaultRule rule in plan.Rules ?? throw new OptionException("FaultFileInvalid", $"{origin} has no 'rules'."))
        {
            Check(rule, origin);
        }

        return plan;
    }

    private static void Check(FaultRule rule, string origin)
    {
        string[] moments = rule.Kind switch
        {
            "drop" => ["before", "after"],
            "expiredSas" => ["download", "upload"],
            _ => [],
        };
        if (!Kinds.Contains(rule.Kind))
        {
            throw new OptionException("FaultKindUnknown", $"{origin}: kind '{rule.Kind}' is none of {string.Join(", ", Kinds)}.");
        }

        if (moments.Length > 0 && !moments.Contains(rule.When))
        {
            throw new OptionException("FaultWhenUnknown", $"{origin}: 'when' of {rule.Kind} is '{rule.When}'; it must be {string.Join(" or ", moments)}.");
        }

        if (rule.Kind == "status" && rule.Status is not (429 or 500 or 503))
        {
            throw new OptionException("FaultStatusUnknown", $"{origin}: status {rule.Status} is none of 429, 500, 503.");
        }
    }
}
