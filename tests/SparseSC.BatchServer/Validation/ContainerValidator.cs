using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>What the service asks of container settings beyond their schema.</summary>
internal static class ContainerValidator
{
    /// <param name="pool">The pool.</param>
    /// <param name="images">The images there are, with their capabilities.</param>
    /// <exception cref="ServiceException">The pool's machines cannot run containers, or a registry cannot be entered.</exception>
    public static void Check(JsonObject pool, JsonArray images)
    {
        if (pool["virtualMachineConfiguration"]!["containerConfiguration"] is not JsonObject containers)
        {
            return;
        }

        JsonNode reference = pool["virtualMachineConfiguration"]!["imageReference"]!;
        JsonNode? image = ImageValidator.Find(reference, images);
        if (image is not null && !image["capabilities"]!.AsArray().Any(capability => capability!.ToString() == "DockerCompatible"))
        {
            throw ServiceException.Property("virtualMachineConfiguration.containerConfiguration", containers["type"]!.ToString(), "The image does not support containers");
        }

        foreach (JsonNode? registry in containers["containerRegistries"] as JsonArray ?? [])
        {
            CheckRegistry(registry!.AsObject(), "virtualMachineConfiguration.containerConfiguration.containerRegistries");
        }
    }

    /// <exception cref="ServiceException">It has neither a user name with a password nor an identity, or both.</exception>
    public static void CheckRegistry(JsonObject registry, string path)
    {
        bool identity = registry["identityReference"] is not null;
        bool user = registry["username"] is not null;
        bool password = registry["password"] is not null;
        if (identity ? user || password : !(user && password))
        {
            throw ServiceException.Property(path, $"{registry["registryServer"] ?? "docker.io"}", "A registry needs a user name with a password, or an identity, and not both");
        }
    }
}
