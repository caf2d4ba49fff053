using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Core.Errors;
using static SparseSC.Batch.Tests.Jobs.Configuration.ConfigFixture;

namespace SparseSC.Batch.Tests.Jobs.Configuration;

public sealed class AzureBatchConfigValidatorTests : IDisposable
{
    private const string Subnet = Subscription + "/Microsoft.Network/virtualNetworks/net/subnets/nodes";
    private const string Gallery = Subscription + "/Microsoft.Compute/galleries/g/images/i/versions/1.0.0";

    private readonly ConfigFixture _fixture = new();

    // Setting, value, and what the message must say beside the two: the reason or the way out.
    private static readonly (string Parameter, Action<AzureBatchConfig> Break, string[] Says)[] Faults =
    [
        ("BatchAccountName", c => (c.BatchAccountName, c.BatchAccountEndpoint) = ("", "https://127.0.0.1"), ["is missing", "BATCH_ACCOUNT_NAME"]),
        ("BatchAccountName", c => (c.BatchAccountName, c.BatchAccountEndpoint) = ("Fits_1", "https://fits_1.westeurope.batch.azure.com"), ["'Fits_1'", "3 to 24 lower case"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = null, ["is missing", "https://fits.REGION.batch.azure.com", "BATCH_ACCOUNT_ENDPOINT"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "https://", ["'https://'", "no address"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "foo", ["'foo'", "no address", "https://fits.REGION.batch.azure.com"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "/fits.westeurope.batch.azure.com", ["no address"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "my account.batch.azure.com", ["no address"]),
        ("StorageEndpoint", c => c.StorageEndpoint = "fitstore", ["'fitstore'", "no address"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "ftp://fits.westeurope.batch.azure.com", ["'ftp://", "no address"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "http://fits.westeurope.batch.azure.com", ["is http", "Give https"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "http://127.0.0.1:8080", ["nobody can sign in", "BATCH_ACCOUNT_KEY"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "https://other.westeurope.batch.azure.com", ["'https://other.", "another account", "'fits'"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "https://fits.westeurope.batch.azure.com/?sig=abc", ["more than an address"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "https://fits.batch.azure.com.example.net", ["none of Azure's addresses", "*.batch.azure.com", "{TrustEndpoint} fits.batch.azure.com.example.net"]),
        ("BatchAccountEndpoint", c => c.BatchAccountEndpoint = "https://evilbatch.azure.com", ["none of Azure's addresses"]),
        ("StorageEndpoint", c => c.StorageEndpoint = "https://fitstore.example.net", ["none of Azure's addresses", "*.blob.core.windows.net", "{TrustEndpoint} fitstore.example.net"]),
        ("BatchAccountKey", c => c.Secrets.WithBatchAccountKey(Secret("no*base64")), ["no key", "base64", "sign in"]),
        ("Credential", c => c.Credential = (AzureCredentialSource)77, ["77", "ManagedIdentity"]),
        ("CredentialClientId", c => c.CredentialClientId = "me", ["'me'", "client id"]),
        ("CredentialClientId", c => (c.CredentialClientId, c.Credential) = (Guid.Empty.ToString(), AzureCredentialSource.AzureCli), ["AzureCli", "of no use"]),
        ("TenantId", c => c.TenantId = "a b", ["'a b'", "contoso"]),
        ("StorageAccountName", c => c.StorageAccountName = null, ["is missing", "STORAGE_ACCOUNT_CONNECTION_STRING"]),
        ("StorageAccountName", c => c.StorageAccountName = "Fit-Store", ["'Fit-Store'", "3 to 24 lower case"]),
        ("StorageAccountName", c => c.Secrets.WithStorageConnectionString(Secret($"AccountName=other;AccountKey={Key}")), ["'fitstore'", "'other'"]),
        ("StorageConnectionString", c => c.Secrets.WithStorageConnectionString(Secret("BlobEndpoint=https://x")), ["AccountName=…;AccountKey=…"]),
        ("StorageAccountKey", c => c.Secrets.WithStorageAccountKey(Secret("no*base64")), ["no key", "STORAGE_ACCOUNT_KEY"]),
        ("StorageEndpoint", c => c.StorageEndpoint = "http://fitstore.blob.core.windows.net", ["is http", "Give https"]),
        ("StorageEndpoint", c => c.StorageEndpoint = "http://127.0.0.1:10000/devstoreaccount1", ["nobody can sign in", "STORAGE_ACCOUNT_KEY"]),
        ("ContainerName", c => c.ContainerName = "ab", ["'ab'", "3 to 42"]),
        ("ContainerName", c => c.ContainerName = "My-Fits", ["'My-Fits'", "lower case"]),
        ("ContainerName", c => c.ContainerName = "two--hyphens", ["'two--hyphens'", "single '-'"]),
        ("ContainerName", c => c.ContainerName = new string('a', 43), ["3 to 42"]),
        ("StorageAccessDuration", c => c.StorageAccessDuration = TimeSpan.Zero, ["more than nothing"]),
        ("StorageAccessDuration", c => c.StorageAccessDuration = TimeSpan.FromDays(8), ["8 days", "7 days", "NodeIdentityId"]),
        ("PoolId", c => c.PoolId = null, ["is missing", "{AutoPool}"]),
        ("PoolId", c => c.AutoPool = true, ["'pool'", "exclude each other"]),
        ("PoolId", c => c.PoolId = "my pool", ["'my pool'", "64 letters"]),
        ("NodeIdentityId", c => (c.PoolId, c.AutoPool, c.NodeIdentityId) = (null, true, Identity), ["made beforehand", "{PoolId}"]),
        ("NodeIdentityId", c => c.NodeIdentityId = "nodes", ["'nodes'", "userAssignedIdentities"]),
        ("DedicatedNodeCount", c => c.DedicatedNodeCount = -1, ["-1", "negative"]),
        ("SpotNodeCount", c => c.SpotNodeCount = -2, ["-2", "negative"]),
        ("AutoPool", c => (c.PoolId, c.AutoPool, c.SpotNodeCount) = (null, true, 0), ["without machines", "{SpotNodeCount}"]),
        ("AutoScaleFormula", c => c.AutoScaleFormula = "$TargetDedicatedNodes=1;", ["{SpotNodeCount}", "cannot be given with it"]),
        ("AutoScaleFormula", c => (c.AutoScaleFormula, c.ScaleToQueue) = ("$TargetDedicatedNodes=1;", true), ["{ScaleToQueue}", "exclude"]),
        ("AutoScaleFormula", c => (c.AutoScaleFormula, c.SpotNodeCount) = (" ", 0), ["blank"]),
        ("ScaleToQueue", c => (c.ScaleToQueue, c.SpotNodeCount) = (true, 0), ["{SpotNodeCount}", "most machines"]),
        ("AutoScaleInterval", c => (c.ScaleToQueue, c.AutoScaleInterval) = (true, TimeSpan.FromMinutes(4)), ["4 minutes", "168 hours"]),
        ("AutoScaleInterval", c => (c.ScaleToQueue, c.AutoScaleInterval) = (true, TimeSpan.FromDays(8)), ["8 days", "168 hours"]),
        ("AutoScaleInterval", c => c.AutoScaleInterval = TimeSpan.FromMinutes(10), ["of no use", "{ScaleToQueue}"]),
        ("StopPoolAfter", c => c.StopPoolAfter = TimeSpan.FromMinutes(4), ["4 minutes", "24 hours"]),
        ("StopPoolAfter", c => (c.ScaleToQueue, c.StopPoolAfter) = (true, TimeSpan.FromHours(1)), ["fixed numbers", "{ScaleToQueue}"]),
        ("DedicatedFallback", c => c.DedicatedFallback = -1, ["-1", "negative"]),
        ("DedicatedFallback", c => (c.DedicatedFallback, c.SpotNodeCount, c.DedicatedNodeCount) = (1, 0, 1), ["{SpotNodeCount}", "there are none"]),
        ("NoPublicAddress", c => c.NoPublicAddress = true, ["needs {SubnetId}"]),
        ("JobPriority", c => c.JobPriority = 1001, ["1001", "-1000 to 1000"]),
        ("PricePerHour", c => c.PricePerHour = -0.1, ["-0.1", "no price"]),
        ("VmSize", c => c.VmSize = "", ["blank", "Standard_D4s_v5"]),
        ("TaskSlotsPerNode", c => c.TaskSlotsPerNode = 0, ["0", "1 to 16"]),
        ("TaskSlotsPerNode", c => c.TaskSlotsPerNode = 17, ["17", "1 to 16", "'Standard_D4s_v5'"]),
        ("TaskSlotsPerNode", c => (c.VmSize, c.TaskSlotsPerNode) = ("Standard_E8-2ds_v5", 9), ["1 to 8"]),
        ("TaskSlotsPerNode", c => (c.VmSize, c.TaskSlotsPerNode) = ("Standard_D96s_v5", 257), ["257", "1 to 256"]),
        ("SubnetId", c => c.SubnetId = Subscription + "/Microsoft.Network/virtualNetworks/net", ["virtualNetworks/net'", "/subnets/"]),
        ("ImageReference", c => c.ImageReference = "ubuntu", ["'ubuntu'", "publisher:offer:sku"]),
        ("ImageReference", c => c.ImageReference = "canonical:0001-com-ubuntu-server-focal:20_04-lts", ["focal", "support has ended"]),
        ("ImageReference", c => c.ImageReference = "canonical:ubuntuserver:18.04-lts:latest", ["ubuntuserver", "support has ended"]),
        ("ImageReference", c => c.ImageReference = "microsoft-dsvm:ubuntu-hpc:1804", ["1804", "support has ended"]),
        ("ImageReference", c => c.ImageReference = "microsoft-azure-batch:ubuntu-server-container:20-04-lts", ["20-04", "support has ended"]),
        ("ImageReference", c => c.ImageReference = "openlogic:centos:7_9", ["centos", "support has ended"]),
        ("ImageReference", c => c.ImageReference = "microsoftwindowsserver:windowsserver:2022-datacenter", ["Windows"]),
        ("ImageReference", c => (c.ImageReference, c.NodeAgentSkuId) = ("/subscriptions/x", "batch.node.ubuntu 24.04"), ["'/subscriptions/x'", "galleries"]),
        ("NodeAgentSkuId", c => c.ImageReference = Gallery, ["is missing", "batch.node.ubuntu 24.04"]),
        ("NodeAgentSkuId", c => (c.ImageReference, c.NodeAgentSkuId) = (Gallery, "batch.node.ubuntu 20.04"), ["20.04", "batch.node.ubuntu 24.04"]),
        ("NodeAgentSkuId", c => c.NodeAgentSkuId = "batch.node.debian 12", ["debian 12", "{ImageReference}"]),
        ("StartTaskCommandLine", c => c.StartTaskCommandLine = " ", ["blank"]),
        ("ContainerImage", c => c.ContainerImage = "an image", ["'an image'", "registry.example.com"]),
        ("ContainerImage", c => (c.ContainerImage, c.RegistryServer) = ("other.io/fit:1", "fits.azurecr.io"), ["'other.io/fit:1'", "fits.azurecr.io/sparsesc"]),
        ("RegistryServer", c => c.RegistryServer = "fits.azurecr.io", ["of no use", "{ContainerImage}"]),
        ("RegistryServer", c => (c.ContainerImage, c.RegistryServer) = ("fits.azurecr.io/fit:1", "fits azurecr"), ["'fits azurecr'", "no name of a registry"]),
        ("RegistryServer", c => (c.ContainerImage, c.RegistryIdentityId) = ("fits.azurecr.io/fit:1", Identity), ["is missing", "REGISTRY_SERVER"]),
        ("RegistryUserName", c => Registry(c).RegistryUserName = "puller", ["'puller'", "no password", "REGISTRY_PASSWORD", "{RegistryIdentityId}"]),
        ("RegistryUserName", c => Registry(c).Secrets.WithRegistryPassword(Secret("p")), ["is missing", "REGISTRY_USERNAME"]),
        ("RegistryUserName", c => (Registry(c).RegistryUserName, c.RegistryIdentityId) = ("puller", Identity), ["'puller'", "exclude each other"]),
        ("RegistryIdentityId", c => Registry(c).RegistryIdentityId = "puller", ["'puller'", "userAssignedIdentities"]),
        ("ImageReference", c => Registry(c).ImageReference = "canonical:ubuntu-24_04-lts:server", ["no container runtime", "ubuntu-hpc"]),
        ("CommandLine", c => c.CommandLine = "./sparsesc task --input {input} --index {indx} --output {output}", ["{index}", "'{indx}'", "did you mean '{index}'"]),
        ("CommandLine", c => c.CommandLine = "echo", ["'echo'", "{input}, {index}, {output}"]),
        ("MaxTaskRetryCount", c => c.MaxTaskRetryCount = -2, ["-2", "-1 for any"]),
        ("MaxWallClockTime", c => c.MaxWallClockTime = TimeSpan.Zero, ["more than nothing"]),
        ("WorkerPath", c => c.WorkerPath = "/none/sparsesc", ["/none/sparsesc'", "does not exist", "dotnet publish"]),
    ];

    public static TheoryData<int> EachFault => [.. Enumerable.Range(0, Faults.Length)];

    [Fact]
    public void SoundConfigurationsPassInSilence()
    {
        Assert.Empty(Validate(Sound()));
        AzureBatchConfig full = Sound();
        (full.PoolId, full.AutoPool, full.ScaleToQueue, full.AutoScaleInterval) = (null, true, true, TimeSpan.FromMinutes(5));
        (full.VmSize, full.TaskSlotsPerNode, full.SubnetId, full.ImageReference) = ("Standard_NC4as_T4_v3", 16, Subnet, "microsoft-dsvm:ubuntu-hpc:2404:latest");
        (full.ContainerImage, full.RegistryServer, full.RegistryUserName) = ("fits.azurecr.io:5000/a/b-c/fit@sha256:" + new string('a', 64), "https://fits.azurecr.io:5000/", "puller");
        (full.CommandLine, full.MaxTaskRetryCount, full.MaxWallClockTime) = ("env A=${HOME} /opt/run {input} {index} {output}", -1, TimeSpan.FromHours(2));
        (full.ContainerName, full.StorageAccessDuration, full.TenantId) = ("my-fits-2", TimeSpan.FromDays(30), "contoso.onmicrosoft.com");
        full.Secrets.WithBatchAccountKey(Secret(Key)).WithStorageAccountKey(Secret(Key)).WithRegistryPassword(Secret("p"));
        Assert.Empty(Validate(full));
    }

    [Fact]
    public void AHostOfOnesOwnIsUsedWhenItIsTrustedByWhoeverRuns()
    {
        AzureBatchConfig config = Sound();
        (config.BatchAccountEndpoint, config.StorageEndpoint) = ("https://fits.example.net", "https://blobs.example.net");

        Assert.Empty(Validate(config.Copy().WithTrustedEndpoints(["FITS.example.net", "blobs.example.net"])));
        Assert.Throws<InvalidInputException>(() => Validate(config.Copy().WithTrustedEndpoints(["example.net"])));
        Assert.DoesNotContain(typeof(AzureBatchConfig).GetProperties(), property => property.Name.Contains("Trust", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EachFault))]
    public void EachFaultIsNamedWithItsValueAndTheWayOut(int index)
    {
        (string parameter, Action<AzureBatchConfig> @break, string[] says) = Faults[index];
        AzureBatchConfig config = Sound();
        @break(config);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Validate(config));
        Assert.Equal("BatchConfigInvalid", error.ErrorId);
        Assert.Equal(parameter, error.ParameterName);
        Assert.Contains($"{{{parameter}}}", error.Message, StringComparison.Ordinal);
        Assert.All(says, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AllFaultsAreNamedAtOnce()
    {
        AzureBatchConfig config = new()
        {
            BatchAccountEndpoint = "http://far.example.com", ContainerName = "A", StorageAccessDuration = TimeSpan.Zero, SpotNodeCount = -1, VmSize = "",
            SubnetId = "net", ImageReference = "ubuntu", RegistryServer = "fits.azurecr.io", CommandLine = "echo", MaxTaskRetryCount = -3,
            MaxWallClockTime = TimeSpan.FromSeconds(-1), WorkerPath = "/none", NodeIdentityId = "me",
        };
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Validate(config));
        string[] named =
        [
            "BatchAccountEndpoint", "StorageAccountName", "ContainerName", "StorageAccessDuration", "NodeIdentityId", "PoolId", "SpotNodeCount",
            "VmSize", "SubnetId", "ImageReference", "RegistryServer", "CommandLine", "MaxTaskRetryCount", "MaxWallClockTime", "WorkerPath",
        ];
        Assert.StartsWith($"The configuration has {named.Length} faults:\n  - ", error.Message, StringComparison.Ordinal);
        Assert.All(named, parameter => Assert.Contains($"\n  - {{{parameter}}}", error.Message, StringComparison.Ordinal));
        Assert.Null(error.ParameterName);
    }

    [Theory]
    [InlineData("Standard_D4s-v5", "does not look like a size")]
    [InlineData("big", "does not look like a size")]
    [InlineData("Standard_A4", "retired")]
    [InlineData("Basic_A1", "retired")]
    [InlineData("Standard_NC6s_v3", "retired")]
    [InlineData("Standard_F8s_v2", "2028-11-15")]
    [InlineData("Standard_B2ms", "2028-11-15")]
    [InlineData("Standard_A4m_v2", "2028-11-15")]
    [InlineData("Standard_DS3_v2", "2028-05-01")]
    public void OddSizesAreWarnedOf(string size, string says)
    {
        AzureBatchConfig config = Sound();
        config.VmSize = size;
        string warning = Assert.Single(Validate(config));
        Assert.StartsWith($"{{VmSize}} '{size}'", warning, StringComparison.Ordinal);
        Assert.Contains(says, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Standard_D4s_v5", 4)]
    [InlineData("Standard_E8-2ds_v5", 2)]
    [InlineData("Standard_D15_v2", 20)]
    [InlineData("Standard_G5", 32)]
    [InlineData("Standard_HB120-16rs_v3", 16)]
    [InlineData("Standard_NC24ads_A100_v4", 24)]
    [InlineData("Standard_M128s", 128)]
    [InlineData("standard_b2ms", 2)]
    [InlineData("Standard_A4", null)]
    public void SizesTellTheirCores(string size, int? cores) => Assert.Equal(cores, VmSize.TryParse(size)!.Cores);

    [Fact]
    public void WarningsAreFindingsAndStopNothing()
    {
        AzureBatchConfig config = Sound();
        (config.PoolId, config.AutoPool, config.RemovePoolWhenDone) = (null, true, true);
        (config.ImageReference, config.MaxWallClockTime) = ("canonical:0001-com-ubuntu-server-jammy:22_04-lts", TimeSpan.FromDays(2));
        IReadOnlyList<ConfigFinding> findings = AzureBatchConfigValidator.Inspect(config, _fixture.Home, Environment());
        Assert.Equal(["ImageReference", "RemovePoolWhenDone", "StorageAccessDuration"], findings.Select(finding => finding.Check).Order());
        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
    }

    [Theory]
    [InlineData(62, 2, null)]
    [InlineData(183, 2, "another processor than x64")]
    [InlineData(62, 1, "another processor than x64")]
    public void WorkersAreExecutablesForLinuxOnX64(ushort machine, byte wordSize, string? refusal)
    {
        AzureBatchConfig config = Sound();
        config.WorkerPath = _fixture.WriteWorker("own", machine, wordSize);
        AssertWorker(config, refusal);
    }

    [Theory]
    [InlineData("#!/bin/sh\nexec sparsesc", null)]
    [InlineData("MZ windows or .NET", "for Windows or .NET")]
    [InlineData("text", "not an executable for Linux")]
    [InlineData("", "not an executable for Linux")]
    public void OtherFilesAreNoWorkers(string content, string? refusal)
    {
        AzureBatchConfig config = Sound();
        config.WorkerPath = _fixture.WriteText("own", content);
        AssertWorker(config, refusal);
    }

    [Fact]
    public void ModulesWithoutTheirWorkerSaySoUnlessTheImageBringsIt()
    {
        AzureBatchConfig config = Sound();
        WorkerHome empty = new() { ExecutablesDirectory = "/none" };
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => AzureBatchConfigValidator.Validate(config, empty, Environment()));
        Assert.Contains(Path.Combine("/none", "linux-x64", "sparsesc"), error.Message, StringComparison.Ordinal);
        Assert.Contains("IncludeWorker=true", error.Message, StringComparison.Ordinal);
        config.ContainerImage = "example/sparsesc";
        Assert.Empty(AzureBatchConfigValidator.Validate(config, empty, Environment()));
    }

    [Theory]
    [InlineData("prop99-20261122T0731-5f2c", true)]
    [InlineData("", false)]
    [InlineData("a.b", false)]
    [InlineData("ä", false)]
    public void JobIdsAreTheServices(string id, bool isValid)
    {
        Assert.Equal(isValid, AzureJobId.IsValid(id));
        Assert.Equal(isValid, Record.Exception(() => AzureJobId.Require(id)) is null);
        }

    [Fact]
    public void JobIdsLeaveRoomForTheSuffixOfAFurtherRun()
    {
        Assert.True(AzureJobId.IsValid(new string('a', AzureJobId.Longest)));
        Assert.False(AzureJobId.IsValid(new string('a', AzureJobId.Longest + 1)));
    }

    public void Dispose() => _fixture.Dispose();

    private static AzureBatchConfig Registry(AzureBatchConfig config)
    {
        (config.ContainerImage, config.RegistryServer) = ("fits.azurecr.io/fit:1", "fits.azurecr.io");
        return config;
    }

    private IReadOnlyList<string> Validate(AzureBatchConfig config) => AzureBatchConfigValidator.Validate(config, _fixture.Home, Environment());

    private void AssertWorker(AzureBatchConfig config, string? refusal)
    {
        Exception? error = Record.Exception(() => Validate(config));
        if (refusal is null)
        {
            Assert.Null(error);
        }
        else
        {
            Assert.Contains($"{{WorkerPath}} '{config.WorkerPath}'", Assert.IsType<InvalidInputException>(error).Message, StringComparison.Ordinal);
            Assert.Contains(refusal, error.Message, StringComparison.Ordinal);
        }
    }
}
