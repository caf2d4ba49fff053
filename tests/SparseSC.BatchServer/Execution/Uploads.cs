using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>Takes output files away after a command.</summary>
internal static class Uploads
{
    /// <summary>Uploads the output files whose condition holds.</summary>
    /// <param name="work">What ran.</param>
    /// <param name="succeeded">How it ended.</param>
    /// <param name="stop">Ends the upload.</param>
    /// <exception cref="FailureException">A file cannot be uploaded.</exception>
    public static async Task RunAsync(Work work, bool succeeded, CancellationToken stop)
    {
        foreach (JsonNode? output in work.Spec["outputFiles"] as JsonArray ?? [])
        {
            string condition = (string)output!["uploadOptions"]!["uploadCondition"]!;
            if (condition.Is("taskcompletion") || condition.Is(succeeded ? "tasksuccess" : "taskfailure"))
            {
                foreach ((string file, Uri blob) in OutputPattern.Match(work, output))
                {
                    await FileAsync(work, output["destination"]!["container"]!, file, blob, stop);
                }
            }
        }
    }

    private static async Task FileAsync(Work work, JsonNode container, string file, Uri blob, CancellationToken stop)
    {
        if (work.Fault.UploadRefused)
        {
            throw Problem(blob, 403, "Forbidden");
        }

        try
        {
            string? identity = container["identityReference"]?["resourceId"]?.ToString();
            using HttpResponseMessage response = await work.Storage.SendAsync(() => Request(container, file, blob), identity, stop);
            if (!response.IsSuccessStatusCode)
            {
                throw Problem(blob, (int)response.StatusCode, response.ReasonPhrase ?? "");
            }
        }
        catch (HttpRequestException fault)
        {
            throw Problem(blob, (int?)fault.StatusCode ?? 0, fault.Message);
        }
    }

    private static HttpRequestMessage Request(JsonNode container, string file, Uri blob)
    {
        FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        HttpRequestMessage request = new(HttpMethod.Put, blob) { Content = new StreamContent(stream) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        foreach (JsonNode? header in container["uploadHeaders"] as JsonArray ?? [])
        {
            request.Headers.TryAddWithoutValidation((string)header!["name"]!, header["value"]?.ToString());
        }

        return request;
    }

    private static FailureException Problem(Uri blob, int status, string reason) => status switch
    {
        401 or 403 => Refused("FileUploadAccessDenied", "Access was denied while uploading one of the output files", blob, status, reason),
        404 => Refused("FileUploadContainerNotFound", "The destination container of one of the output files was not found", blob, status, reason),
        _ => Refused("FileUploadMiscError", "Miscellaneous error encountered while uploading one of the output files", blob, status, reason),
    };

    // The query of these addresses is a signature, which must not come out again.
    private static FailureException Refused(string code, string message, Uri address, int status, string reason) =>
        new(new Failure("UserError", code, message, ("BlobSource", address.GetLeftPart(UriPartial.Path)), ("Message", $"{status} {reason}")));
}
