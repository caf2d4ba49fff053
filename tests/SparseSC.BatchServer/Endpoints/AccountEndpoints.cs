using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>What belongs to the account: images, applications (there are none), counts of nodes.</summary>
internal sealed class AccountEndpoints(Account account)
{
    /// <summary>The images that pools can be made from, as the service lists them.</summary>
    public static JsonArray Images { get; } = LoadImages();

    public void Map(Routes routes)
    {
        routes.Get("/supportedimages", call => Listing.Page(
            call, "listsupportedimages", AnswerSchema.Image, Images.Index(), image => image.Index, (image, _) => image.Item!.DeepClone().AsObject()));
        routes.Get("/applications", call => Listing.Page<JsonObject>(call, "applications", AnswerSchema.Application, [], _ => 0, (item, _) => item));
        routes.Get("/applications/{applicationId}", _ => throw ServiceException.NotFound("Application"));
        routes.Get("/nodecounts", Counts);
    }

    private Reply Counts(Call call)
    {
        lock (account.Gate)
        {
            return Listing.Page(call, "poolnodecounts", AnswerSchema.NodeCounts, account.Pools.Values.OrderBy(pool => pool.Sequence), pool => pool.Sequence, (pool, _) => new JsonObject
            {
                ["poolId"] = pool.Id,
                ["dedicated"] = pool.RenderCounts(dedicated: true),
                ["lowPriority"] = pool.RenderCounts(dedicated: false),
            });
        }
    }

    private static JsonArray LoadImages()
    {
        using Stream stream = typeof(AccountEndpoints).Assembly.GetManifestResourceStream("supported-images.json")!;
        return JsonNode.Parse(stream)!.AsArray();
    }
}
