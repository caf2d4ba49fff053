using System.Text.Json.Serialization;

namespace SparseSC.Azure.Batch;

/// <summary>An image of the Marketplace, of a gallery, or an own one.</summary>
internal sealed record BatchImageReference : BatchModel
{
    /// <summary>The publisher in the Marketplace.</summary>
    public string? Publisher { get; init; }

    /// <summary>The offer in the Marketplace.</summary>
    public string? Offer { get; init; }

    /// <summary>The stock-keeping unit in the Marketplace.</summary>
    public string? Sku { get; init; }

    /// <summary>The version in the Marketplace; <c>latest</c> for the newest.</summary>
    public string? Version { get; init; }

    /// <summary>The resource id of an own image; nodes then need a subnet or an identity that reads it.</summary>
    public string? VirtualMachineImageId { get; init; }

    /// <summary>The id of an image in a shared gallery.</summary>
    public string? SharedGalleryImageId { get; init; }

    /// <summary>The id of an image in a community gallery.</summary>
    public string? CommunityGalleryImageId { get; init; }
}

/// <summary>An image that the service knows to work with one of its node agents.</summary>
internal sealed record BatchSupportedImage : BatchModel
{
    /// <summary>The node agent.</summary>
    [JsonPropertyName("nodeAgentSKUId")]
    public string NodeAgentSkuId { get; init => field = value ?? ""; } = "";

    /// <summary>The image.</summary>
    public BatchImageReference? ImageReference { get; init; }

    /// <summary>Its operating system.</summary>
    public BatchOSType OSType { get; init; }

    /// <summary>Further abilities of the image, such as <c>DockerCompatible</c>.</summary>
    public IReadOnlyList<string>? Capabilities { get; init; }

    /// <summary>When the service stops supporting it; <c>null</c> when that is not decided.</summary>
    public DateTimeOffset? BatchSupportEndOfLife { get; init; }

    /// <summary>Whether it was tried.</summary>
    public BatchImageVerification VerificationType { get; init; }
}

/// <summary>An application whose packages nodes can install.</summary>
internal sealed record BatchApplication : BatchModel
{
    /// <summary>The application's id.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The versions there are.</summary>
    public IReadOnlyList<string>? Versions { get; init; }
}
