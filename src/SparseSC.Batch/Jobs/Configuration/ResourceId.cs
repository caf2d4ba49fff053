using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Shapes of Azure's resource ids.</summary>
internal static partial class ResourceId
{
    /// <summary>A subnet of a virtual network.</summary>
    public static readonly (Regex Shape, string Example) Subnet = (
        SubnetShape(), "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…");

    /// <summary>A user-assigned managed identity.</summary>
    public static readonly (Regex Shape, string Example) Identity = (
        IdentityShape(), "/subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/…");

    public static void Check(string? id, string parameter, (Regex Shape, string Example) kind, ConfigErrors faults)
    {
        if (id is not null && !kind.Shape.IsMatch(id))
        {
            faults.Add(parameter, $"{{{parameter}}} '{id}' is no resource id of that kind. It looks like {kind.Example}.");
        }
    }

    /// <summary>Whether an image is named by a resource id: an own image, or one of a gallery.</summary>
    public static bool IsImage(string text) => ImageShape().IsMatch(text);

    [GeneratedRegex(@"^/subscriptions/[^/\s]+/resourceGroups/[^/\s]+/providers/Microsoft\.Network/virtualNetworks/[^/\s]+/subnets/[^/\s]+$", RegexOptions.IgnoreCase)]
    private static partial Regex SubnetShape();

    [GeneratedRegex(@"^/subscriptions/[^/\s]+/resourceGroups/[^/\s]+/providers/Microsoft\.ManagedIdentity/userAssignedIdentities/[^/\s]+$", RegexOptions.IgnoreCase)]
    private static partial Regex IdentityShape();

    [GeneratedRegex(@"^(/subscriptions/[^/\s]+/resourceGroups/[^/\s]+/providers/Microsoft\.Compute/(images/[^/\s]+|galleries/[^/\s]+/images/[^/\s]+(/versions/[^/\s]+)?)|/(CommunityGalleries|SharedGalleries)/[^/\s]+/images/[^/\s]+(/versions/[^/\s]+)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex ImageShape();
}
