using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Validation;

/// <summary>Which images and agents go together: those that List Supported Images names, and own images with any of its agents.</summary>
internal static class ImageValidator
{
    private static readonly string[] Own = ["virtualMachineImageId", "sharedGalleryImageId", "communityGalleryImageId"];
    private static readonly string[] Names = ["publisher", "offer", "sku"];

    /// <param name="pool">The pool.</param>
    /// <param name="images">The images there are, with their agents.</param>
    /// <exception cref="ServiceException">The image is not on the list, or the agent does not fit it.</exception>
    public static void Check(JsonObject pool, JsonArray images)
    {
        JsonNode machine = pool["virtualMachineConfiguration"]!;
        string agent = machine["nodeAgentSKUId"]!.ToString();
        if (!images.Any(image => agent.Is(image!["nodeAgentSKUId"]!.ToString())))
        {
            // https://learn.microsoft.com/rest/api/batchservice/batch-status-and-error-codes
            throw new ServiceException(
                404, "NodeAgentSKUNotFound", "The specified Node Agent SKU does not exist.", ("NodeAgentSKUId", agent));
        }

        JsonNode reference = machine["imageReference"]!;
        if (Own.Any(name => reference[name] is not null))
        {
            return;
        }

        string image = $"publisher {reference["publisher"]} offer {reference["offer"]} sku {reference["sku"]}";
        JsonNode known = Find(reference, images)
            ?? throw ServiceException.Property("imageReference", image, $"The specified imageReference with {image} is not supported.");
        if (!agent.Is(known["nodeAgentSKUId"]!.ToString()))
        {
            // github.com/hashicorp/terraform/issues/36698 shows the code; the sentence is worded here.
            throw ServiceException.Property(
                "nodeAgentSKUId", agent, $"The specified imageReference with {image} is not compatible with this agent.");
        }
    }

    /// <summary>The list's entry of an image; null when it is not there.</summary>
    public static JsonNode? Find(JsonNode reference, JsonArray images) => images.FirstOrDefault(
        known => Names.All(name => (known!["imageReference"]![name]?.ToString()).Is(reference[name]?.ToString() ?? "")));
}
