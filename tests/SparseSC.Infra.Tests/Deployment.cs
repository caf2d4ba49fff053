using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SparseSC.Infra.Tests;

/// <summary>What main.bicep would deploy, worked out by the compiler; what only Azure knows is filled in.</summary>
internal sealed partial class Deployment
{
    public const string Submitter = "11111111-2222-3333-4444-555555555555";
    private const string Subscription = "00000000-0000-0000-0000-000000000009";

    // The compiler takes seconds, and several tests look at the same deployment.
    private static readonly ConcurrentDictionary<string, Lazy<Deployment>> Known = [];
    private readonly JsonElement _snapshot;

    private Deployment(string parameters)
    {
        using BicepFolder folder = new();
        folder.Copy("main.bicep");
        string file = folder.Write("main.bicepparam", $"using 'main.bicep'\nparam submitterId = '{Submitter}'\n{parameters}\n");
        BicepRun run = Bicep.Run(
            "snapshot", file, "--mode", "overwrite",
            "--subscription-id", Subscription, "--resource-group", "fits", "--location", "westeurope");
        Assert.Equal(new BicepRun(0, "", ""), run);
        _snapshot = JsonDocument.Parse(File.ReadAllText(folder.Path("main.snapshot.json"))).RootElement;
        Assert.Empty(_snapshot.GetProperty("diagnostics").EnumerateArray());
    }

    /// <summary>Deploys in thought.</summary>
    /// <param name="parameters">Lines such as <c>param spotNodeCount = 8</c>, beside that of who submits.</param>
    public static Deployment Of(params string[] parameters) =>
        Known.GetOrAdd(string.Join('\n', parameters), text => new Lazy<Deployment>(() => new Deployment(text))).Value;

    /// <summary>What there would be.</summary>
    public IEnumerable<JsonElement> Resources => _snapshot.GetProperty("predictedResources").EnumerateArray();

    public JsonElement Resource(string type) => Resources.Single(resource => Text(resource, "type") == type);

    public JsonElement Properties(string type) => Resource(type).GetProperty("properties");

    /// <summary>Role assignments: who, which role, on what type of resource.</summary>
    public IReadOnlyList<(string Who, string Role, string On)> Roles =>
        [.. Resources.Where(resource => Text(resource, "type") == "Microsoft.Authorization/roleAssignments").Select(resource =>
        {
            JsonElement properties = resource.GetProperty("properties");
            string[] scope = Text(resource, "id").Split("/providers/")[1].Split('/');
            return (Text(properties, "principalId"), Text(properties, "roleDefinitionId").Split('/')[^1], $"{scope[0]}/{scope[1]}");
        })];

    /// <summary>An output's expression with its value, as far as it is made of texts.</summary>
    public string Output(string name)
    {
        string expression = _snapshot.GetProperty("outputs").GetProperty(name).GetString()!;
        string account = Resource("Microsoft.Batch/batchAccounts").GetProperty("name").GetString()!;
        expression = Endpoint().Replace(expression, $"'{account}.westeurope.batch.azure.com'");
        for (string before = ""; before != expression;)
        {
            before = expression;
            expression = Format().Replace(expression, match => Texts(match.Value) is [string format, .. string[] values]
                ? Quote(string.Format(null, format, [.. values]))
                : match.Value);
        }

        return expression[1..^1];
    }

    /// <summary>The texts that stand quoted in an expression.</summary>
    public static string[] Texts(string expression) =>
        [.. Quoted().Matches(expression).Select(match => match.Value[1..^1].Replace("''", "'", StringComparison.Ordinal))];

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"reference\('[^']*', '[^']*'\)\.accountEndpoint")]
    private static partial Regex Endpoint();

    [GeneratedRegex("'(?:[^']|'')*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"format\('(?:[^']|'')*'(?:, '(?:[^']|'')*')*\)")]
    private static partial Regex Format();
}
