using System.Text.Json;
using System.Text.Json.Nodes;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Pools;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Azure.Tests.Spec;
using SparseSC.Azure.Tests.Wire;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.BatchServer.Validation;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Pools and tasks as they are sent, held to the protocol's document.</summary>
public sealed class DefinitionTests
{
    private const string Identity = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i";

    private static readonly ImageChoice Image = new(
        new BatchImageReference { Publisher = "canonical", Offer = "ubuntu-24_04-lts", Sku = "server", Version = "latest" }, "batch.node.ubuntu 24.04", []);

    [Fact]
    public async Task A_pool_of_fixed_size_has_its_nodes_its_network_and_its_start_task()
    {
        JsonElement pool = await PoolAsync(new AzureBatchConfig
        {
            VmSize = "Standard_D8s_v5",
            DedicatedNodeCount = 1,
            SpotNodeCount = 20,
            SubnetId = "/subscriptions/s/subnets/n",
            NoPublicAddress = true,
            StartTaskCommandLine = "/bin/sh -c 'apt-get update'",
        });

        Assert.Equal("Standard_D8s_v5", pool.GetProperty("vmSize").GetString());
        Assert.Equal(1, pool.GetProperty("targetDedicatedNodes").GetInt32());
        Assert.Equal(20, pool.GetProperty("targetLowPriorityNodes").GetInt32());
        Assert.Equal(8, pool.GetProperty("taskSlotsPerNode").GetInt32());
        Assert.False(pool.GetProperty("enableAutoScale").GetBoolean());
        Assert.False(pool.TryGetProperty("autoScaleFormula", out _));
        Assert.Equal("/subscriptions/s/subnets/n", pool.GetProperty("networkConfiguration").GetProperty("subnetId").GetString());
        Assert.Equal(
            "nopublicipaddresses",
            pool.GetProperty("networkConfiguration").GetProperty("publicIPAddressConfiguration").GetProperty("provision").GetString(),
            ignoreCase: true);
        Assert.Equal("/bin/sh -c 'apt-get update'", pool.GetProperty("startTask").GetProperty("commandLine").GetString());
        Assert.True(pool.GetProperty("startTask").GetProperty("waitForSuccess").GetBoolean());
        Assert.Equal("admin", pool.GetProperty("startTask").GetProperty("userIdentity").GetProperty("autoUser").GetProperty("elevationLevel").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pool_that_scales_names_no_numbers_of_nodes(bool toQueue)
    {
        JsonElement pool = await PoolAsync(new AzureBatchConfig
        {
            ScaleToQueue = toQueue,
            AutoScaleFormula = toQueue ? null : "$TargetDedicatedNodes = 1;",
            DedicatedNodeCount = toQueue ? 2 : 0,
        });

        Assert.False(pool.TryGetProperty("targetDedicatedNodes", out _));
        Assert.False(pool.TryGetProperty("targetLowPriorityNodes", out _));
        Assert.True(pool.GetProperty("enableAutoScale").GetBoolean());
        Assert.Equal("PT5M", pool.GetProperty("autoScaleEvaluationInterval").GetString());
        Assert.Contains("$TargetDedicatedNodes =", pool.GetProperty("autoScaleFormula").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Identity)]
    public async Task A_pool_for_containers_knows_image_and_registry(string? identity)
    {
        JsonElement pool = await PoolAsync(new AzureBatchConfig
        {
            ContainerImage = "registry.example.com/sparsesc:1",
            RegistryServer = "registry.example.com",
            RegistryUserName = identity is null ? "user" : null,
            RegistryIdentityId = identity,
        });

        JsonElement containers = pool.GetProperty("virtualMachineConfiguration").GetProperty("containerConfiguration");
        Assert.Equal("dockerCompatible", containers.GetProperty("type").GetString());
        Assert.Equal("registry.example.com/sparsesc:1", containers.GetProperty("containerImageNames")[0].GetString());
        JsonElement registry = containers.GetProperty("containerRegistries")[0];
        Assert.Equal("registry.example.com", registry.GetProperty("registryServer").GetString());
        Assert.Equal(identity is null, registry.TryGetProperty("password", out _));
        Assert.Equal(identity is not null, registry.TryGetProperty("identityReference", out _));
    }

    [Fact]
    public async Task A_job_with_a_pool_of_its_own_takes_it_along()
    {
        AzureBatchConfig config = new() { SpotNodeCount = 3 };
        BatchPoolInfo pool = new PoolBuilder(config, Image, null).Auto("a-job-with-quite-a-long-id", 10);

        JsonElement job = await SendAsync(
            "create_job", client => client.Jobs.CreateAsync(new BatchJobCreateOptions { Id = "j", PoolInfo = pool }));

        JsonElement auto = job.GetProperty("poolInfo").GetProperty("autoPoolSpecification");
        Assert.Equal("a-job-with-quite-a-l", auto.GetProperty("autoPoolIdPrefix").GetString());
        Assert.Equal("job", auto.GetProperty("poolLifetimeOption").GetString());
        Assert.False(auto.GetProperty("keepAlive").GetBoolean());
        Assert.Equal(3, auto.GetProperty("pool").GetProperty("targetLowPriorityNodes").GetInt32());
    }

    [Fact]
    public async Task A_group_reads_the_plan_runs_its_tasks_and_writes_one_result()
    {
        JsonElement task = await TaskAsync(new AzureBatchConfig { MaxTaskRetryCount = 2, MaxWallClockTime = TimeSpan.FromHours(1) }, Files(), b => b.Group(7, [3, 4, 5, 9], beforeMerge: false));

        Assert.Equal("group-000007", task.GetProperty("id").GetString());
        Assert.Equal("3-5,9", task.GetProperty("displayName").GetString());
        Assert.Equal(
            "/bin/sh -c \"w=$AZ_BATCH_JOB_PREP_WORKING_DIR/sparsesc; printf '%s  %s' abc $w | sha256sum -c --status || exit 113; exec $w task --input $AZ_BATCH_JOB_PREP_WORKING_DIR/inputs/plan.json --index 3-5,9 --output results.json --log attempts --quiet\"",
            task.GetProperty("commandLine").GetString());
        Assert.False(task.TryGetProperty("resourceFiles", out _));
        Assert.Equal(2, task.GetProperty("constraints").GetProperty("maxTaskRetryCount").GetInt32());
        Assert.Equal("PT1H", task.GetProperty("constraints").GetProperty("maxWallClockTime").GetString());
        Assert.Equal("PT10M", task.GetProperty("constraints").GetProperty("retentionTime").GetString());
        Assert.Equal(
            [
                ("results.json", "results/j.group-000007.json", "taskcompletion"),
                ("../std*.txt", "logs/group-000007/run-1", "taskcompletion"),
                ("attempts/*.txt", "logs/group-000007/run-1", "taskfailure"),
            ],
            task.GetProperty("outputFiles").EnumerateArray().Select(file => (
                file.GetProperty("filePattern").GetString(),
                file.GetProperty("destination").GetProperty("container").GetProperty("path").GetString(),
                file.GetProperty("uploadOptions").GetProperty("uploadCondition").GetString())));
        Assert.False(task.TryGetProperty("exitConditions", out _));
    }

    [Fact]
    public async Task A_group_without_a_limit_in_the_settings_has_the_one_of_its_run()
    {
        JsonElement task = await SendAsync("create_task", client => client.Tasks.AddAsync(
            "j", new TaskBuilder(new AzureBatchConfig(), "j", Files(), limit: TimeSpan.FromHours(3)).Group(0, [0], beforeMerge: false)));

        Assert.Equal("PT3H", task.GetProperty("constraints").GetProperty("maxWallClockTime").GetString());
    }

    [Fact]
    public async Task A_merging_task_waits_for_every_group_and_none_of_them_can_block_it()
    {
        JsonElement group = await TaskAsync(new AzureBatchConfig(), Files(), builder => builder.Group(0, [0], beforeMerge: true));
        JsonElement merge = await TaskAsync(new AzureBatchConfig(), Files(), builder => builder.Merge([0, 1]));

        foreach (string condition in new[] { "preProcessingError", "fileUploadError", "default" })
        {
            Assert.Equal("satisfy", group.GetProperty("exitConditions").GetProperty(condition).GetProperty("dependencyAction").GetString());
        }

        Assert.Equal("merge", merge.GetProperty("id").GetString());
        Assert.Equal(["group-000000", "group-000001"], merge.GetProperty("dependsOn").GetProperty("taskIds").EnumerateArray().Select(id => id.GetString()));
        JsonElement results = merge.GetProperty("resourceFiles").EnumerateArray().Last();
        Assert.Equal(
            ("https://a/r?sig=1", "results/", "inputs"),
            (results.GetProperty("storageContainerUrl").GetString(), results.GetProperty("blobPrefix").GetString(), results.GetProperty("filePath").GetString()));
        Assert.Equal("tasksuccess", merge.GetProperty("outputFiles")[0].GetProperty("uploadOptions").GetProperty("uploadCondition").GetString());
    }

    [Fact]
    public async Task A_task_in_a_container_runs_what_the_image_holds()
    {
        RunFiles files = Files() with { Worker = null, WorkerSha256 = null };
        JsonElement task = await TaskAsync(new AzureBatchConfig { ContainerImage = "sparsesc:1" }, files, builder => builder.Group(0, [0], false));

        Assert.Equal("sparsesc task --input inputs/plan.json --index 0 --output results.json --log attempts --quiet", task.GetProperty("commandLine").GetString());
        Assert.Equal("sparsesc:1", task.GetProperty("containerSettings").GetProperty("imageName").GetString());
        Assert.Equal("taskWorkingDirectory", task.GetProperty("containerSettings").GetProperty("workingDirectory").GetString());
    }

    [Fact]
    public async Task A_command_of_ones_own_gets_the_arguments()
    {
        JsonElement task = await TaskAsync(
            new AzureBatchConfig { CommandLine = "./run {index} < {input} > {output}" }, Files(), builder => builder.Group(0, [1, 2], false));

        Assert.Equal("./run 1-2 < inputs/plan.json > results.json", task.GetProperty("commandLine").GetString());
        Assert.Equal(["sparsesc", "inputs/plan.json"], task.GetProperty("resourceFiles").EnumerateArray().Select(file => file.GetProperty("filePath").GetString()));
    }

    [Fact]
    public void Worker_and_plan_are_brought_to_a_node_once_for_all_its_tasks()
    {
        BatchJobPreparationTask? preparation = new TaskBuilder(new AzureBatchConfig(), "j", Files()).Preparation();
        BatchJobPreparationTask? none = new TaskBuilder(new AzureBatchConfig { ContainerImage = "sparsesc:1" }, "j", Files() with { Worker = null, WorkerSha256 = null }).Preparation();

        Assert.Equal([("sparsesc", "0755"), ("inputs/plan.json", null)], preparation!.ResourceFiles!.Select(file => (file.FilePath, file.FileMode)));
        Assert.True(preparation.WaitForSuccess);
        Assert.Null(none);
    }

    private static RunFiles Files() => new()
    {
        Worker = new BatchResourceFile { HttpUrl = "https://a/w?sig=1", FilePath = "sparsesc", FileMode = "0755" },
        WorkerSha256 = "abc",
        Inputs = [new BatchResourceFile { HttpUrl = "https://a/p?sig=1", FilePath = "inputs/plan.json" }],
        Results = [new BatchResourceFile { StorageContainerUrl = "https://a/r?sig=1", BlobPrefix = "results/", FilePath = "inputs" }],
        Outputs = new BatchOutputFileContainer { ContainerUrl = "https://a/c?sig=2" },
    };

    private static Task<JsonElement> PoolAsync(AzureBatchConfig config) => SendAsync(
        "create_pool", client => client.Pools.CreateAsync(new PoolBuilder(config, Image, "word").Standing("p", 10, [new BatchMetadataItem("n", "v")])));

    private static Task<JsonElement> TaskAsync(AzureBatchConfig config, RunFiles files, Func<TaskBuilder, BatchTaskCreateOptions> build) =>
        SendAsync("create_task", client => client.Tasks.AddAsync("j", build(new TaskBuilder(config, "j", files))));

    private static async Task<JsonElement> SendAsync(string operation, Func<BatchClient, Task> call)
    {
        await using LoopbackServer server = new(_ => new WireReply(201));
        await call(TestAccount.Client(server));
        WireRequest request = Assert.Single(server.Requests);
        SpecOperation found = Assert.Single(SpecDocument.Derived.Operations.Values, candidate => candidate.Fits(request.Method, request.Path));
        Assert.Equal(operation, found.Name);
        Assert.Empty(RequestValidator.Check(request, found));
        return JsonSerializer.SerializeToElement(JsonNode.Parse(request.Body));
    }
}
