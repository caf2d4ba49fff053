using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Jobs;
using SparseSC.BatchServer.Faults;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Jobs;

[Collection(AzuriteCollection.Name)]
public sealed class ProbeTests(AzuriteFixture storage)
{
    private static readonly string[] Checks = ["Account", "Storage", "Storage", "Quota", "Pool", "Image", "VmSize", "Worker"];

    [AzuriteFact]
    public async Task A_good_configuration_has_nothing_but_good_findings_and_is_left_as_it_was()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);

        IReadOnlyList<ConfigFinding> findings = await TestAsync(rig);

        Assert.Equal(Checks, findings.Select(finding => finding.Check));
        Assert.All(findings, finding => Assert.True(finding.Severity == FindingSeverity.Ok, finding.Message));
        Assert.All(rig.Requests, line => Assert.StartsWith("GET ", line, StringComparison.Ordinal));
        Assert.Equal("StorageContainerNotFound", (await Assert.ThrowsAsync<BatchJobException>(async () =>
        {
            await foreach (StoredBlob blob in rig.Services().Home.ListAsync())
            {
                Assert.Fail(blob.Name);
            }
        })).ErrorId);
        Assert.Contains("portal", findings.Single(finding => finding.Check == "Quota").Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Each_fault_is_found_and_none_hides_another()
    {
        FaultPlan faults = new(1, [new FaultRule { Kind = "status", Path = "/pools", Status = 500 }]);
        await using BackendRig rig = await BackendRig.StartAsync(storage, faults);
        rig.Config.StorageEndpoint = "http://127.0.0.1:9/devstoreaccount1";
        rig.Config.ImageReference = "debian:debian-12:12";
        rig.Config.VmSize = "Standard_NV6";
        rig.Config.WorkerPath = Path.Combine(rig.Folder, "missing");

        IReadOnlyList<ConfigFinding> findings = await TestAsync(rig);

        Assert.Equal(
            ["Account", "Storage", "Image", "VmSize", "Worker"],
            findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Check));
    }

    [AzuriteFact]
    public async Task An_existing_pool_shows_what_is_wrong_with_it()
    {
        await using BackendRig rig = await BackendRig.StartAsync(storage);
        await rig.Batch().Pools.CreateAsync(new BatchPoolCreateOptions
        {
            Id = "tests",
            VmSize = "standard_d2s_v5",
            VirtualMachineConfiguration = new BatchVirtualMachineConfiguration
            {
                ImageReference = new BatchImageReference { Publisher = "canonical", Offer = "ubuntu-24_04-lts", Sku = "server" },
                NodeAgentSkuId = "batch.node.ubuntu 24.04",
            },
            TargetDedicatedNodes = 0,
        });
        rig.Config.ContainerImage = "sparsesc:1";

        IReadOnlyList<ConfigFinding> findings = await TestAsync(rig);

        Assert.Contains("has no nodes", findings.Single(finding => finding.Check == "Pool").Message, StringComparison.Ordinal);
        Assert.Contains("without containers", findings.Single(finding => finding is { Check: "Image", Severity: FindingSeverity.Error }).Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<ConfigFinding>> TestAsync(BackendRig rig)
    {
        List<ConfigFinding> findings = [];
        await foreach (ConfigFinding finding in rig.Backend().TestAsync(CancellationToken.None))
        {
            findings.Add(finding);
        }

        return findings;
    }
}
