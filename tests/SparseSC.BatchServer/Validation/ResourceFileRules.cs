using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>What the service asks of resource files (https://learn.microsoft.com/rest/api/batchservice/task/add, ResourceFile).</summary>
internal static class ResourceFileRules
{
    private static readonly string[] Sources = ["httpUrl", "storageContainerUrl", "autoStorageContainerName"];

    /// <exception cref="ServiceException">A file has not one source, or something that does not go with its source.</exception>
    public static void Check(JsonNode? files)
    {
        foreach (JsonNode? item in files as JsonArray ?? [])
        {
            Check(item!.AsObject());
        }
    }

    private static void Check(JsonObject file)
    {
        string[] sources = [.. Sources.Where(source => file[source] is not null)];
        if (sources.Length != 1)
        {
            string reason = $"Exactly one of {string.Join(", ", Sources)} must be specified";
            throw ServiceException.Property("resourceFiles", string.Join(", ", sources), reason);
        }

        // An address may be signed, so it is not said again.
        if (sources[0] != "autoStorageContainerName" && !IsWeb(file[sources[0]]!.ToString()))
        {
            throw ServiceException.Property(sources[0], "", "It must be an absolute http or https address");
        }

        if (sources[0] != "httpUrl")
        {
            return;
        }

        if (string.IsNullOrEmpty(file["filePath"]?.ToString()))
        {
            throw ServiceException.Missing("filePath");
        }

        TaskValidator.Refuse(file, "blobPrefix", "It is valid only with autoStorageContainerName or storageContainerUrl");
    }

    private static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? found) && (found.Scheme == Uri.UriSchemeHttp || found.Scheme == Uri.UriSchemeHttps);
}
