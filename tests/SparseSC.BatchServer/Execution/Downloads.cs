using System.Text.Json.Nodes;
using System.Xml;

namespace SparseSC.BatchServer.Execution;

/// <summary>Brings resource files to a node before a command.</summary>
internal static class Downloads
{
    private const string DefaultMode = "0770";

    /// <summary>Downloads them into the working directory.</summary>
    /// <exception cref="FailureException">A file cannot be had, would lie outside, or has no room on the disk.</exception>
    public static async Task RunAsync(Work work, CancellationToken stop)
    {
        foreach (JsonNode? file in work.Spec["resourceFiles"] as JsonArray ?? [])
        {
            string? identity = file!["identityReference"]?["resourceId"]?.ToString();
            if (file["httpUrl"]?.ToString() is { } address)
            {
                await FileAsync(work, file, new Uri(address), (string)file["filePath"]!, identity, stop);
                continue;
            }

            Uri container = file["storageContainerUrl"]?.ToString() is { } url
                ? new Uri(url)
                : work.Storage.AutoStorageContainer((string)file["autoStorageContainerName"]!);

            // A blob's whole name stays, with the folders in it: what was asked for is only where that begins.
            foreach (string name in await NamesAsync(work, file, container, identity, stop))
            {
                string target = Path.Combine(file["filePath"]?.ToString() ?? "", name);
                await FileAsync(work, file, NodeStorage.Below(container, name), target, identity, stop);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(
        Work work, JsonNode file, Uri container, string? identity, CancellationToken stop)
    {
        try
        {
            return work.Fault.DownloadRefused
                ? throw Problem(container, 403, "Forbidden")
                : await work.Storage.ListAsync(container, file["blobPrefix"]?.ToString(), identity, stop);
        }
        catch (HttpRequestException fault)
        {
            throw Problem(container, (int?)fault.StatusCode ?? 0, fault.Message);
        }
        catch (XmlException fault)
        {
            throw Problem(container, 0, fault.Message);
        }
    }

    private static async Task FileAsync(Work work, JsonNode file, Uri source, string name, string? identity, CancellationToken stop)
    {
        string target = NodePath.Within(work.WorkingDirectory, name) ?? throw Refused(
            "UserError", "InvalidFilePath", "The file path of a resource file lies outside the task's working directory", source, name);
        if (work.Fault.DownloadRefused)
        {
            throw Problem(source, 403, "Forbidden");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            using HttpResponseMessage response = await work.Storage.SendAsync(() => new(HttpMethod.Get, source), identity, stop);
            if (!response.IsSuccessStatusCode)
            {
                throw Problem(source, (int)response.StatusCode, response.ReasonPhrase ?? "");
            }

            work.Disk.Require(response.Content.Headers.ContentLength ?? 0);
            await using FileStream stream = File.Create(target);
            await response.Content.CopyToAsync(stream, stop);
        }
        catch (HttpRequestException fault)
        {
            // Also when the connection breaks in the middle of a file.
            throw Problem(source, (int?)fault.StatusCode ?? 0, fault.Message);
        }

        work.Disk.Require(0);
        if (!OperatingSystem.IsWindows())
        {
            int mode = Convert.ToInt32(file["fileMode"]?.ToString() ?? DefaultMode, 8);
            File.SetUnixFileMode(target, (UnixFileMode)mode & (UnixFileMode)0b111_111_111);
        }
    }

    // Categories as in https://learn.microsoft.com/rest/api/batchservice/batch-status-and-error-codes.
    private static FailureException Problem(Uri source, int status, string reason) => status switch
    {
        401 or 403 => Refused(
            "UserError", "BlobAccessDenied", "Access for one of the specified Azure Blob(s) is denied", source, $"{status} {reason}"),
        404 => Refused("UserError", "BlobNotFound", "One of the specified Azure Blob(s) is not found", source, $"{status} {reason}"),
        _ => Refused(
            "ServerError", "BlobDownloadMiscError", "Miscellaneous error encountered while downloading one of the specified Azure Blob(s)",
            source, $"{status} {reason}"),
    };

    // The query of these addresses is a signature, which must not come out again.
    private static FailureException Refused(string category, string code, string message, Uri address, string reason) =>
        new(new Failure(category, code, message, ("BlobSource", address.GetLeftPart(UriPartial.Path)), ("Message", reason)));
}
