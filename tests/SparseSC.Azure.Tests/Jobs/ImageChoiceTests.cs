using SparseSC.Azure.Batch;
using SparseSC.Azure.Jobs.Pools;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Jobs;

public sealed class ImageChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    private static readonly BatchSupportedImage[] Supported =
    [
        Listed("canonical", "ubuntu-24_04-lts", "server", "batch.node.ubuntu 24.04"),
        Listed("microsoft-dsvm", "ubuntu-hpc", "2404", "batch.node.ubuntu 24.04") with { Capabilities = ["DockerCompatible"] },
        Listed("microsoft-dsvm", "ubuntu-hpc", "2204", "batch.node.ubuntu 22.04") with { BatchSupportEndOfLife = new DateTimeOffset(2027, 6, 30, 0, 0, 0, TimeSpan.Zero) },
        Listed("canonical", "0001-com-ubuntu-server-focal", "20_04-lts", "batch.node.ubuntu 20.04") with { BatchSupportEndOfLife = new DateTimeOffset(2025, 4, 22, 0, 0, 0, TimeSpan.Zero) },
        Listed("microsoftwindowsserver", "windowsserver", "2022-datacenter", "batch.node.windows amd64") with { OSType = BatchOSType.Windows },
    ];

    [Theory]
    [InlineData(null, null, "ubuntu-24_04-lts")]
    [InlineData(null, "sparsesc:1", "ubuntu-hpc")]
    [InlineData("Canonical:UBUNTU-24_04-lts:server", null, "UBUNTU-24_04-lts")]
    public void An_image_brings_its_agent(string? image, string? container, string offer)
    {
        ImageChoice choice = Resolve(new AzureBatchConfig { ImageReference = image, ContainerImage = container });

        Assert.Equal((offer, "latest", "batch.node.ubuntu 24.04"), (choice.Reference.Offer, choice.Reference.Version, choice.NodeAgentSkuId));
        Assert.Empty(choice.Warnings);
    }

    [Theory]
    [InlineData("microsoft-dsvm:ubuntu-hpc:2204", "will be supported until 2027-06-30")]
    [InlineData("canonical:0001-com-ubuntu-server-focal:20_04-lts:20.04.202404080", "has not been supported since 2025-04-22")]
    public void An_end_of_life_is_told(string image, string words) =>
        Assert.Contains(words, Assert.Single(Resolve(new AzureBatchConfig { ImageReference = image }).Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("debian:debian-12:12", null, "ImageNotSupported", "canonical:ubuntu-24_04-lts:server")]
    [InlineData("microsoftwindowsserver:windowsserver:2022-datacenter", null, "ImageNotSupported", "Linux")]
    [InlineData("canonical:ubuntu-24_04-lts:server", "sparsesc:1", "ImageWithoutContainers", "microsoft-dsvm:ubuntu-hpc:2404")]
    [InlineData("canonical:server", null, "ImageReferenceInvalid", "publisher:offer:sku")]
    [InlineData("/subscriptions/s/images/i", null, "NodeAgentSkuIdMissing", "batch.node.ubuntu 24.04")]
    public void What_cannot_be_is_refused_with_the_way_out(string image, string? container, string errorId, string wayOut)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Resolve(new AzureBatchConfig { ImageReference = image, ContainerImage = container }));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(wayOut, error.Message, StringComparison.Ordinal);
        Assert.Contains(image, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/i")]
    [InlineData("/sharedGalleries/g/images/i/versions/1.0.0")]
    [InlineData("/communityGalleries/g/images/i/versions/1.0.0")]
    public void An_own_image_goes_by_its_kind_of_id(string id)
    {
        BatchImageReference image = Resolve(new AzureBatchConfig { ImageReference = id, NodeAgentSkuId = "batch.node.ubuntu 24.04" }).Reference;

        Assert.Equal(id, image.VirtualMachineImageId ?? image.SharedGalleryImageId ?? image.CommunityGalleryImageId);
        Assert.Equal(id.StartsWith("/subscriptions", StringComparison.Ordinal), image.VirtualMachineImageId is not null);
        Assert.Equal(id.StartsWith("/shared", StringComparison.Ordinal), image.SharedGalleryImageId is not null);
    }

    [Fact]
    public void An_image_off_the_list_is_tried_with_the_agent_that_was_given()
    {
        ImageChoice choice = Resolve(new AzureBatchConfig { ImageReference = "debian:debian-13:13", NodeAgentSkuId = "batch.node.debian 13" });

        Assert.Equal("batch.node.debian 13", choice.NodeAgentSkuId);
        Assert.Contains("not on the service's list", Assert.Single(choice.Warnings), StringComparison.Ordinal);
    }

    private static ImageChoice Resolve(AzureBatchConfig config) => ImageChoice.Resolve(config, Supported, Now);

    private static BatchSupportedImage Listed(string publisher, string offer, string sku, string agent) => new()
    {
        ImageReference = new BatchImageReference { Publisher = publisher, Offer = offer, Sku = sku, Version = "latest" },
        NodeAgentSkuId = agent,
        OSType = BatchOSType.Linux,
        VerificationType = BatchImageVerification.Verified,
    };
}
