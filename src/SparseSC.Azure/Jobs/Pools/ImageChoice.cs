using System.Globalization;
using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Pools;

/// <summary>The image of a pool with the service's agent for it.</summary>
/// <param name="Reference">The image.</param>
/// <param name="NodeAgentSkuId">The agent.</param>
/// <param name="Warnings">What there is to know about it.</param>
internal sealed record ImageChoice(BatchImageReference Reference, string NodeAgentSkuId, IReadOnlyList<string> Warnings)
{
    /// <summary>The image when none is given.</summary>
    public const string Plain = "canonical:ubuntu-24_04-lts:server";

    /// <summary>The image for containers when none is given: the plain one has no container engine.</summary>
    public const string ForContainers = "microsoft-dsvm:ubuntu-hpc:2404";

    private const string DockerCompatible = "DockerCompatible";

    /// <summary>Chooses by the list of images that the service supports.</summary>
    /// <exception cref="InvalidInputException">The service does not support the image, or it is Windows (<c>ImageNotSupported</c>), has no
    /// container engine although one is needed (<c>ImageWithoutContainers</c>), or needs its agent named (<c>NodeAgentSkuIdMissing</c>).</exception>
    public static ImageChoice Resolve(AzureBatchConfig config, IReadOnlyList<BatchSupportedImage> supported, DateTimeOffset now)
    {
        string text = config.ImageReference ?? (config.ContainerImage is null ? Plain : ForContainers);
        return text.StartsWith('/') ? OfResource(config, text) : OfMarketplace(config, text, supported, now);
    }

    private static ImageChoice OfResource(AzureBatchConfig config, string id)
    {
        if (config.NodeAgentSkuId is not { Length: > 0 } agent)
        {
            throw new InvalidInputException(
                "NodeAgentSkuIdMissing",
                $"{{ImageReference}} '{id}' is an own image, and the service lists no agent for such. Give {{NodeAgentSkuId}}, such as 'batch.node.ubuntu 24.04'.",
                "NodeAgentSkuId");
        }

        BatchImageReference reference = id switch
        {
            _ when id.StartsWith("/communityGalleries/", StringComparison.OrdinalIgnoreCase) => new() { CommunityGalleryImageId = id },
            _ when id.StartsWith("/sharedGalleries/", StringComparison.OrdinalIgnoreCase) => new() { SharedGalleryImageId = id },
            _ => new() { VirtualMachineImageId = id },
        };
        return new ImageChoice(reference, agent, [$"{{ImageReference}} '{id}' is an own image: whether it suits the agent '{agent}', only its nodes will show."]);
    }

    private static ImageChoice OfMarketplace(AzureBatchConfig config, string text, IReadOnlyList<BatchSupportedImage> supported, DateTimeOffset now)
    {
        string[] parts = text.Split(':');
        if (parts.Length is not (3 or 4) || parts.Any(string.IsNullOrWhiteSpace))
        {
            throw new InvalidInputException(
                "ImageReferenceInvalid", $"{{ImageReference}} '{text}' is neither publisher:offer:sku[:version] nor a resource id. Give one such as {Plain}.", "ImageReference");
        }

        BatchImageReference reference = new() { Publisher = parts[0], Offer = parts[1], Sku = parts[2], Version = parts.ElementAtOrDefault(3) ?? "latest" };
        BatchSupportedImage[] same = [.. supported.Where(image => IsSame(image.ImageReference, reference))];
        BatchSupportedImage? listed = same.FirstOrDefault(image => image.NodeAgentSkuId == config.NodeAgentSkuId)
            ?? same.OrderByDescending(image => image.VerificationType == BatchImageVerification.Verified).FirstOrDefault();
        if (listed is null)
        {
            return config.NodeAgentSkuId is { Length: > 0 } agent
                ? new ImageChoice(reference, agent, [$"{{ImageReference}} '{text}' is not on the service's list; it is tried with the agent '{agent}' as given."])
                : throw NotSupported(text, supported, now);
        }

        if (listed.OSType == BatchOSType.Windows)
        {
            throw new InvalidInputException("ImageNotSupported", $"{{ImageReference}} '{text}' is Windows, and the worker runs on Linux. Give one such as {Plain}.", "ImageReference");
        }

        if (config.ContainerImage is not null && listed.Capabilities?.Contains(DockerCompatible, StringComparer.OrdinalIgnoreCase) != true)
        {
            throw new InvalidInputException(
                "ImageWithoutContainers",
                $"{{ImageReference}} '{text}' has no container engine, which {{ContainerImage}} needs. Leave it out for {ForContainers}, or leave {{ContainerImage}} out.",
                "ImageReference");
        }

        return new ImageChoice(reference, config.NodeAgentSkuId ?? listed.NodeAgentSkuId, [.. Remarks(text, listed, config, now)]);
    }

    private static IEnumerable<string> Remarks(string text, BatchSupportedImage listed, AzureBatchConfig config, DateTimeOffset now)
    {
        if (listed.BatchSupportEndOfLife is { } end)
        {
            string date = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            yield return end <= now
                ? $"{{ImageReference}} '{text}' has not been supported since {date}; its nodes may fail. Change to one such as {Plain}."
                : $"{{ImageReference}} '{text}' will be supported until {date}. Change to one such as {Plain} before that.";
        }

        if (listed.VerificationType == BatchImageVerification.Unverified)
        {
            yield return $"{{ImageReference}} '{text}' is on the service's list without having been verified.";
        }

        if (config.NodeAgentSkuId is { } agent && agent != listed.NodeAgentSkuId)
        {
            yield return $"{{NodeAgentSkuId}} '{agent}' is not the one that the service lists for '{text}', which is '{listed.NodeAgentSkuId}'.";
        }
    }

    private static bool IsSame(BatchImageReference? listed, BatchImageReference wanted) =>
        listed is not null
        && string.Equals(listed.Publisher, wanted.Publisher, StringComparison.OrdinalIgnoreCase)
        && string.Equals(listed.Offer, wanted.Offer, StringComparison.OrdinalIgnoreCase)
        && string.Equals(listed.Sku, wanted.Sku, StringComparison.OrdinalIgnoreCase);

    private static InvalidInputException NotSupported(string text, IReadOnlyList<BatchSupportedImage> supported, DateTimeOffset now)
    {
        IEnumerable<string> others = supported
            .Where(image => image.OSType == BatchOSType.Linux && image.VerificationType == BatchImageVerification.Verified && !(image.BatchSupportEndOfLife <= now))
            .Select(image => $"{image.ImageReference?.Publisher}:{image.ImageReference?.Offer}:{image.ImageReference?.Sku}")
            .Distinct()
            .Take(5);
        return new InvalidInputException(
            "ImageNotSupported",
            $"{{ImageReference}} '{text}' is not among the images that the service supports. It supports {string.Join(", ", others)} and others; or give {{NodeAgentSkuId}} too.",
            "ImageReference");
    }
}
