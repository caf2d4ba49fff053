using System.Text.Json;
using System.Text.RegularExpressions;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Infra.Tests;

/// <summary>What is deployed is what docs/azure-setup.md says, and what comes out of it is a configuration.</summary>
public sealed partial class DeploymentTests
{
    private const string Batch = "Microsoft.Batch/batchAccounts";
    private const string Storage = "Microsoft.Storage/storageAccounts";

    // Microsoft's list of built-in roles.
    private const string JobSubmitter = "48e5e92e-a480-4e71-aa9c-2778f4c13781";
    private const string DataContributor = "6aaa78f1-f7de-44ca-8722-c64a23943cae";
    private const string BlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

    [BicepFact]
    public void There_are_no_keys()
    {
        Deployment deployment = Deployment.Of();
        JsonElement modes = deployment.Properties(Batch).GetProperty("allowedAuthenticationModes");
        Assert.Equal(["AAD"], modes.EnumerateArray().Select(mode => mode.GetString()));
        JsonElement storage = deployment.Properties(Storage);
        Assert.False(storage.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(storage.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(storage.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", storage.GetProperty("minimumTlsVersion").GetString());
    }

    [BicepTheory]
    [InlineData(false, JobSubmitter)]
    [InlineData(true, DataContributor)]
    public void Roles_are_the_least_that_suffice(bool managesPools, string batchRole)
    {
        Deployment deployment = Deployment.Of($"param submitterManagesPools = {(managesPools ? "true" : "false")}");
        IReadOnlyList<(string Who, string Role, string On)> roles = deployment.Roles;
        Assert.Equal(3, roles.Count);
        Assert.Contains((Deployment.Submitter, batchRole, Batch), roles);
        Assert.Contains((Deployment.Submitter, BlobDataContributor, Storage), roles);
        (string who, string role, string on) = roles.Single(given => given.Who != Deployment.Submitter);
        Assert.Contains("/fits-nodes'", who, StringComparison.Ordinal);
        Assert.Equal((BlobDataContributor, Storage), (role, on));
    }

    [BicepFact]
    public void Nodes_change_nothing_in_the_containers_of_records_and_inputs()
    {
        JsonElement nodes = Deployment.Of().Resources
            .Where(resource => resource.GetProperty("type").GetString() == "Microsoft.Authorization/roleAssignments")
            .Select(resource => resource.GetProperty("properties"))
            .Single(properties => properties.GetProperty("principalId").GetString() != Deployment.Submitter);
        string condition = nodes.GetProperty("condition").GetString()!;

        Assert.Equal("2.0", nodes.GetProperty("conditionVersion").GetString());
        foreach (string change in new[] { "write", "add/action", "delete", "deleteBlobVersion/action", "move/action" })
        {
            Assert.Contains($"!(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/{change}'}})", condition, StringComparison.Ordinal);
        }

        foreach (string container in new[] { "sparsesc", "sparsesc-inputs" })
        {
            Assert.Contains($"containers:name] StringNotEquals '{container}'", condition, StringComparison.Ordinal);
        }
    }

    [BicepFact]
    public void The_pool_has_the_identity()
    {
        Deployment deployment = Deployment.Of();
        string identity = deployment.Resource("Microsoft.ManagedIdentity/userAssignedIdentities").GetProperty("id").GetString()!;
        JsonElement given = deployment.Resource(Batch + "/pools").GetProperty("identity");
        Assert.Equal("UserAssigned", given.GetProperty("type").GetString());
        Assert.Equal(identity, given.GetProperty("userAssignedIdentities").EnumerateObject().Single().Name);
    }

    [BicepFact]
    public void Without_the_queue_the_pool_has_its_numbers()
    {
        Deployment deployment = Deployment.Of("param scaleToQueue = false", "param spotNodeCount = 7", "param dedicatedNodeCount = 2");
        JsonElement scale = deployment.Properties(Batch + "/pools").GetProperty("scaleSettings");
        Assert.False(scale.TryGetProperty("autoScale", out _));
        Assert.Equal(2, scale.GetProperty("fixedScale").GetProperty("targetDedicatedNodes").GetInt32());
        Assert.Equal(7, scale.GetProperty("fixedScale").GetProperty("targetLowPriorityNodes").GetInt32());
    }

    [BicepFact]
    public void The_printed_line_names_parameters_that_there_are_and_gives_them_the_names_deployed()
    {
        Deployment deployment = Deployment.Of("param prefix = 'prop99'", "param poolId = 'wide'");
        string[] parts = Deployment.Texts(deployment.Output("configLine"));
        string line = string.Join(parts[^1], parts[..^1]);
        Match command = Command().Match(line);
        Assert.True(command.Success, line);
        string page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", command.Groups[1].Value + ".md"));
        Dictionary<string, string> given = [];
        foreach ((Capture name, Capture value) in command.Groups[2].Captures.Zip(command.Groups[3].Captures))
        {
            Assert.Contains($"\n### -{name.Value}\n", page, StringComparison.Ordinal);
            given.Add(name.Value, value.Value);
        }

        string account = deployment.Resource(Batch).GetProperty("name").GetString()!;
        Assert.Matches("^[a-z0-9]{3,24}$", account);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["BatchAccountName"] = account,
                ["BatchAccountEndpoint"] = $"https://{account}.westeurope.batch.azure.com",
                ["StorageAccountName"] = deployment.Resource(Storage).GetProperty("name").GetString()!,
                ["PoolId"] = "wide",
                ["NodeIdentityId"] = deployment.Resource("Microsoft.ManagedIdentity/userAssignedIdentities").GetProperty("id").GetString()!,
            },
            given);
        Assert.Equal(given, Pairs(deployment.Output("azureJson")).Where(pair => pair.Key != "backend")
            .ToDictionary(pair => char.ToUpperInvariant(pair.Key[0]) + pair.Key[1..], pair => pair.Value));
    }

    [BicepFact]
    public void The_printed_file_is_a_configuration_without_faults()
    {
        Deployment deployment = Deployment.Of();
        using BicepFolder folder = new();
        IEnumerable<string> settings = Pairs(deployment.Output("azureJson")).Select(pair => $"\"{pair.Key}\": \"{pair.Value}\"");
        string file = folder.Write("azure.json", $"{{ {string.Join(", ", settings)} }}");
        AzureBatchConfig config = Assert.IsType<AzureBatchConfig>(BatchConfigJson.Read(file, "Config"));
        string[] faults = [.. AzureBatchConfigValidator.Inspect(config, new WorkerHome(), _ => null)
            .Where(finding => finding.Severity == FindingSeverity.Error && finding.Check != "WorkerPath")
            .Select(finding => finding.Message)];
        Assert.Empty(faults);
    }

    private static Dictionary<string, string> Pairs(string createObject) =>
        Deployment.Texts(createObject).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    [GeneratedRegex(@"^(New-SparseSCBatchConfig)(?: -(\w+) ([\w./:-]+))+$")]
    private static partial Regex Command();
}
