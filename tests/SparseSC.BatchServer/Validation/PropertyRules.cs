using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>The service's limits on single properties, beyond their schema.</summary>
internal static partial class PropertyRules
{
    private const string Pool = "https://learn.microsoft.com/rest/api/batchservice/pool/add";
    private const string Job = "https://learn.microsoft.com/rest/api/batchservice/job/add";
    private const string Task = "https://learn.microsoft.com/rest/api/batchservice/task/add";
    private const string Codes = "https://learn.microsoft.com/rest/api/batchservice/batch-status-and-error-codes";
    private const string Nodes = "https://learn.microsoft.com/rest/api/batchservice/pool/remove-nodes";
    private const int MostFileCharacters = 32768;
    private const int MostDependencyCharacters = 64000;

    // As it travels, with signatures' ampersands as they are.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly PropertyRule[] Rules =
    [
        new("displayName", AtMost(1024), "It can have at most 1024 characters", Pool),
        new("taskSlotsPerNode", Between(1, 256), "It must be between 1 and 256", Pool),
        new("targetDedicatedNodes", Between(0, int.MaxValue), "It must not be negative", Pool),
        new("targetLowPriorityNodes", Between(0, int.MaxValue), "It must not be negative", Pool),
        new("resizeTimeout", AtLeast(TimeSpan.FromMinutes(5)), "It must be 5 minutes or more", Pool),
        new("nodeList", Items(1, 100), "It must name 1 to 100 nodes", Nodes),
        new("autoPoolIdPrefix", AtMost(20), "It can have at most 20 characters", Job),
        new("priority", Between(-1000, 1000), "It must be between -1000 and 1000", Job)
        {
            // The range stands on the page, the code among those of Microsoft's .NET client (BatchErrorCodeStrings).
            Code = "OutOfRangePriority", Message = "The specified job priority is out of range.",
        },
        new("maxParallelTasks", value => Number(value) is -1 or > 0, "It must be -1 or greater than 0", Job),
        new("metadata", HasNames, "A metadata item has an empty key", Codes)
        {
            Code = "EmptyMetadataKey", Message = "The key for one of the metadata key-value pairs is empty.",
        },
        new("maxTaskRetryCount", Between(-1, int.MaxValue), "It must be -1 or greater", Task),
        new("requiredSlots", Between(1, int.MaxValue), "It must be 1 or greater", Task),
        new("fileMode", value => FileMode().IsMatch(value.ToString()), "It must be a file mode in octal, such as 0770", Task),
        new("taskIds", HasFewIds, $"The ids can have at most {MostDependencyCharacters} characters in all", Codes)
        {
            Code = "TaskDependencyListTooLong", Message = "The specified task dependency list is too long.",
        },

        // Addresses and paths are what counts (github.com/MicrosoftDocs/azure-docs/pull/121266); how much of the rest does, nobody says,
        // so the whole text is counted: what is taken here is taken there.
        new(
            "resourceFiles", IsShort, $"Total size of resourceFiles cannot be more than {MostFileCharacters} characters",
            "https://github.com/Azure/BatchExplorer/issues/30"),
        new(
            "outputFiles", IsShort, $"Total size of outputFiles cannot be more than {MostFileCharacters} characters",
            "https://github.com/MicrosoftDocs/azure-docs/pull/117065"),
    ];

    private static readonly ILookup<string, PropertyRule> ByProperty = Rules.ToLookup(rule => rule.Property);

    /// <param name="body">A body or a part of one that fits its schema.</param>
    /// <exception cref="ServiceException">A property in it has a value that the service does not take.</exception>
    public static void Check(JsonNode? body)
    {
        switch (body)
        {
            case JsonObject item:
                foreach ((string name, JsonNode? value) in item)
                {
                    if (value is not null && ByProperty[name].FirstOrDefault(rule => !rule.Holds(value)) is { } broken)
                    {
                        throw broken.Refusal(value);
                    }

                    Check(value);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Check(item);
                }

                break;
        }
    }

    private static Func<JsonNode, bool> AtMost(int characters) => value => value.ToString().Length <= characters;

    private static Func<JsonNode, bool> Between(long least, long most) => value => Number(value) >= least && Number(value) <= most;

    private static Func<JsonNode, bool> Items(int least, int most) => value => value.AsArray().Count is var count && count >= least && count <= most;

    private static Func<JsonNode, bool> AtLeast(TimeSpan time) => value => XmlConvert.ToTimeSpan(value.ToString()) >= time;

    private static bool IsShort(JsonNode value) => value.ToJsonString(Plain).Length <= MostFileCharacters;

    private static bool HasFewIds(JsonNode value) => value.AsArray().Sum(id => id!.ToString().Length) <= MostDependencyCharacters;

    private static bool HasNames(JsonNode value) => value.AsArray().All(item => item?["name"]?.ToString() is { Length: > 0 });

    // A number may be wider than any property's type.
    private static decimal Number(JsonNode value) => decimal.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-7]{3,4}\z")]
    private static partial Regex FileMode();
}
