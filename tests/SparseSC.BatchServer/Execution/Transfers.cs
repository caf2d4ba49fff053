using System.Net;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>Brings files to a node before a command and takes files away after it.</summary>
internal static class Transfers
{
    private const string StorageVersion = "2021-12-02";
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Downloads the resource files into the working directory.</summary>
    /// <exception cref="FailureException">A file cannot be had or would lie outside.</exception>
    public static async Task DownloadAsync(Work work, CancellationToken stop)
    {
        foreach (JsonNode? file in work.Spec["resourceFiles"] as JsonArray ?? [])
        {
            Uri source = new((string)file!["httpUrl"]!);
            string name = file["filePath"]?.ToString() ?? Path.GetFileName(Uri.UnescapeDataString(source.AbsolutePath));
            string target = NodePath.Within(work.WorkingDirectory, name)
                ?? throw Refused("InvalidFilePath", "The file path of a resource file lies outside the task's working directory", source, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using HttpResponseMessage response = work.Fault.DownloadRefused
                ? new HttpResponseMessage(HttpStatusCode.Forbidden)
                : await SendAsync(new HttpRequestMessage(HttpMethod.Get, source), DownloadProblem, stop);
            if (!response.IsSuccessStatusCode)
            {
                throw DownloadProblem(source, (int)response.StatusCode, response.ReasonPhrase ?? "");
            }

            await using (FileStream stream = File.Create(target))
            {
                await response.Content.CopyToAsync(stream, stop);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, (UnixFileMode)Convert.ToInt32(file["fileMode"]?.ToString() ?? "0770", 8) & (UnixFileMode)0b111_111_111);
            }
        }
    }

    /// <summary>Uploads the output files whose condition holds.</summary>
    /// <param name="work">What ran.</param>
    /// <param name="succeeded">How it ended.</param>
    /// <param name="stop">Ends the upload.</param>
    /// <exception cref="FailureException">A file cannot be uploaded.</exception>
    public static async Task UploadAsync(Work work, bool succeeded, CancellationToken stop)
    {
        foreach (JsonNode? output in work.Spec["outputFiles"] as JsonArray ?? [])
        {
            string condition = (string)output!["uploadOptions"]!["uploadCondition"]!;
            if (condition.Is("taskcompletion") || condition.Is(succeeded ? "tasksuccess" : "taskfailure"))
            {
                foreach ((string file, Uri blob) in OutputPattern.Match(work, output))
                {
                    await UploadFileAsync(work, output, file, blob, stop);
                }
            }
        }
    }

    private static async Task UploadFileAsync(Work work, JsonNode output, string file, Uri blob, CancellationToken stop)
    {
        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using HttpRequestMessage request = new(HttpMethod.Put, blob) { Content = new StreamContent(stream) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        request.Headers.Add("x-ms-version", StorageVersion);
        foreach (JsonNode? header in output["destination"]?["container"]?["uploadHeaders"] as JsonArray ?? [])
        {
            request.Headers.TryAddWithoutValidation((string)header!["name"]!, header["value"]?.ToString());
        }

        using HttpResponseMessage response = work.Fault.UploadRefused
            ? new HttpResponseMessage(HttpStatusCode.Forbidden)
            : await SendAsync(request, UploadProblem, stop);
        if (!response.IsSuccessStatusCode)
        {
            throw UploadProblem(blob, (int)response.StatusCode, response.ReasonPhrase ?? "");
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, Func<Uri, int, string, FailureException> problem, CancellationToken stop)
    {
        try
        {
            return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (HttpRequestException fault)
        {
            throw problem(request.RequestUri!, 0, fault.Message);
        }
    }

    private static FailureException DownloadProblem(Uri source, int status, string reason) => status switch
    {
        403 => Refused("BlobAccessDenied", "Access for one of the specified Azure Blob(s) is denied", source, $"{status} {reason}"),
        404 => Refused("BlobNotFound", "One of the specified Azure Blob(s) is not found", source, $"{status} {reason}"),
        _ => Refused("BlobDownloadMiscError", "Miscellaneous error encountered while downloading one of the specified Azure Blob(s)", source, $"{status} {reason}"),
    };

    private static FailureException UploadProblem(Uri blob, int status, string reason) => status switch
    {
        403 => Refused("FileUploadAccessDenied", "Access was denied while uploading one of the output files", blob, $"{status} {reason}"),
        404 => Refused("FileUploadContainerNotFound", "The destination container of one of the output files was not found", blob, $"{status} {reason}"),
        _ => Refused("FileUploadMiscError", "Miscellaneous error encountered while uploading one of the output files", blob, $"{status} {reason}"),
    };

    // The query of these addresses is a signature, which must not come out again.
    private static FailureException Refused(string code, string message, Uri address, string reason) =>
        new(new Failure("UserError", code, message, ("BlobSource", address.GetLeftPart(UriPartial.Path)), ("Message", reason)));
}
